/** Programs that show how Lawu is used, from data to a trained model. */
@NullMarked
package org.lawu.examples;

import org.jspecify.annotations.NullMarked;
