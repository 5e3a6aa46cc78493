/**
 * The columns of a table made into features: missing values filled in, numbers scaled, categories
 * encoded, and principal components.
 */
@NullMarked
package org.lawu.data.tabular;

import org.jspecify.annotations.NullMarked;
