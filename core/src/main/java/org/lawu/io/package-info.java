/** Tensors in files. */
@NullMarked
package org.lawu.io;

import org.jspecify.annotations.NullMarked;
