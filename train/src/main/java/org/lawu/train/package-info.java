/** The training loop and what watches it. */
@NullMarked
package org.lawu.train;

import org.jspecify.annotations.NullMarked;
