/** TensorFlow's side of the comparison, through TensorFlow Java: graphs, run by sessions. */
@NullMarked
package org.lawu.benchmarks.tensorflow;

import org.jspecify.annotations.NullMarked;
