/** {@code ./lawu golden DIR}: checks Lawu against results that PyTorch computed. */
@NullMarked
package org.lawu.examples.golden;

import org.jspecify.annotations.NullMarked;
