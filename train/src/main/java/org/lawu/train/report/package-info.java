/** A page about a training: how it went, what came out, and what would repeat it. */
@NullMarked
package org.lawu.train.report;

import org.jspecify.annotations.NullMarked;
