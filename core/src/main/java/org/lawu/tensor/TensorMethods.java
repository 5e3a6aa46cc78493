package org.lawu.tensor;

/** The families that {@link Tensor}'s methods come in. */
public sealed interface TensorMethods
    permits Arithmetic,
        Comparisons,
        Activations,
        Reductions,
        ShapeMethods,
        Indexing,
        Convolutions,
        Normalizations {}
