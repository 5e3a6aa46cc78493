/** Well-known data sets, read from where they are on this machine. */
@NullMarked
package org.lawu.data.sets;

import org.jspecify.annotations.NullMarked;
