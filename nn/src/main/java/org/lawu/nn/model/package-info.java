/** Whole networks of the field, each in a file of its own. */
@NullMarked
package org.lawu.nn.model;

import org.jspecify.annotations.NullMarked;
