/** Texts: normalization, tokenizers, vocabularies, and features that models take. */
@NullMarked
package org.lawu.data.text;

import org.jspecify.annotations.NullMarked;
