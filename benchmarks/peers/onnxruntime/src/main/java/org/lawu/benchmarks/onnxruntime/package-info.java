/** ONNX Runtime's side of the comparison. */
@NullMarked
package org.lawu.benchmarks.onnxruntime;

import org.jspecify.annotations.NullMarked;
