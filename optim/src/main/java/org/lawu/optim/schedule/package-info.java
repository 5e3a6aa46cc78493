/** Learning rates as functions of the step. */
@NullMarked
package org.lawu.optim.schedule;

import org.jspecify.annotations.NullMarked;
