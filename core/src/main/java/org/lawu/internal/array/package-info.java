/**
 * What a tensor is made of, without its history: a Java array and a layout that says which of its
 * elements belong where.
 */
@NullMarked
package org.lawu.internal.array;

import org.jspecify.annotations.NullMarked;
