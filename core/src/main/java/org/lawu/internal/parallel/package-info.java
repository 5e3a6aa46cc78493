/** The one place that knows threads: see {@link org.lawu.internal.parallel.Parallel}. */
@NullMarked
package org.lawu.internal.parallel;

import org.jspecify.annotations.NullMarked;
