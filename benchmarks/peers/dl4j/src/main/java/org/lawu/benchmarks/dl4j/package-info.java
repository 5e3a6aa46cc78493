/** The side of Deeplearning4j and its arrays, ND4J, in the comparison. */
@NullMarked
package org.lawu.benchmarks.dl4j;

import org.jspecify.annotations.NullMarked;
