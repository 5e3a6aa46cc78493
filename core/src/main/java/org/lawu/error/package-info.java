/**
 * The exceptions of Lawu. All are unchecked, are thrown before any work is done, and name the
 * operation, what was wrong, the values, and what to do.
 */
@NullMarked
package org.lawu.error;

import org.jspecify.annotations.NullMarked;
