/** What several readers of files need; not part of the API. */
@NullMarked
package org.lawu.data.file;

import org.jspecify.annotations.NullMarked;
