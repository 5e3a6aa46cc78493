/** Distributions that the first values of parameters are drawn from. */
@NullMarked
package org.lawu.nn.initializer;

import org.jspecify.annotations.NullMarked;
