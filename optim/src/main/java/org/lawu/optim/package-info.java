/** Optimizers, which change parameters by their gradients, and learning-rate schedules. */
@NullMarked
package org.lawu.optim;

import org.jspecify.annotations.NullMarked;
