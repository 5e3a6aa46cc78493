/**
 * Known data sets, read from a folder of yours, a place where they are installed, or a cache into
 * which they are downloaded once, checked by SHA-256.
 */
@NullMarked
package org.lawu.data.sets;

import org.jspecify.annotations.NullMarked;
