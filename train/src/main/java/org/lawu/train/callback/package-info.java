/** Callbacks for what happens besides the steps of a training. */
@NullMarked
package org.lawu.train.callback;

import org.jspecify.annotations.NullMarked;
