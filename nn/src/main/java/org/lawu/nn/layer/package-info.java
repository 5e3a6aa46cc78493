/**
 * The layers, one class each; names of parameters, weight layouts and initial values are PyTorch's.
 */
@NullMarked
package org.lawu.nn.layer;

import org.jspecify.annotations.NullMarked;
