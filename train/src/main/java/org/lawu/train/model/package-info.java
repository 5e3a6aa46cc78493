/** Models in files that say all that is needed to predict with them and to train them again. */
@NullMarked
package org.lawu.train.model;

import org.jspecify.annotations.NullMarked;
