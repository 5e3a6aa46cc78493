/** PyTorch's side of the comparison, through its Java binding. */
@NullMarked
package org.lawu.benchmarks.pytorch;

import org.jspecify.annotations.NullMarked;
