/**
 * For tests of operations and models: numeric gradient checks ({@link
 * org.lawu.testkit.GradientCheck}), the contract that every operation keeps ({@link
 * org.lawu.testkit.OperationContract}), and reference cases computed by another library ({@link
 * org.lawu.testkit.ReferenceRunner}). Checks fail with {@link java.lang.AssertionError}, so they
 * serve with any test framework.
 */
@NullMarked
package org.lawu.testkit;

import org.jspecify.annotations.NullMarked;
