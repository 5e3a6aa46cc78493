/** Numbers that tell how good predictions are. */
@NullMarked
package org.lawu.train.metric;

import org.jspecify.annotations.NullMarked;
