/** What a training can do besides its steps: stop early, save checkpoints, write logs. */
@NullMarked
package org.lawu.train.callback;

import org.jspecify.annotations.NullMarked;
