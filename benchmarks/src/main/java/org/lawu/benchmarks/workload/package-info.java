/** What is measured, said without any library; shared by Lawu's side and the peers' sides. */
@NullMarked
package org.lawu.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
