/**
 * Data sets and the batches that are drawn from them, readers of CSV and IDX files, splits,
 * preprocessing, augmentation and fingerprints.
 */
@NullMarked
package org.lawu.data;

import org.jspecify.annotations.NullMarked;
