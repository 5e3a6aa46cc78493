/** A small strict reader and writer of JSON (RFC 8259), for file headers and test data. */
@NullMarked
package org.lawu.internal.json;

import org.jspecify.annotations.NullMarked;
