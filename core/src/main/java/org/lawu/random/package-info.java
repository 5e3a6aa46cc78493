/** Random numbers that depend on a seed alone: {@link org.lawu.random.Philox}. */
@NullMarked
package org.lawu.random;

import org.jspecify.annotations.NullMarked;
