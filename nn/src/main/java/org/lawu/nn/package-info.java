/**
 * What networks are made of: {@link org.lawu.nn.Layer}, which holds parameters and other layers,
 * {@link org.lawu.nn.Sequential}, which chains layers, and {@link org.lawu.nn.Pass}, which says
 * whether a forward pass is for training or inference.
 */
@NullMarked
package org.lawu.nn;

import org.jspecify.annotations.NullMarked;
