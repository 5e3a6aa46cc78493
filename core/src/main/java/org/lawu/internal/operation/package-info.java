/**
 * The operations, one file each: what it computes, how it calls the kernels, its gradient rule, and
 * the formula in its documentation. {@code docs/adding-an-operation.md} tells how to add one.
 */
@NullMarked
package org.lawu.internal.operation;

import org.jspecify.annotations.NullMarked;
