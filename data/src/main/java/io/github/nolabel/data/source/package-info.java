/**
 * One reader per format of image collection. Start at {@link
 * io.github.nolabel.data.source.FolderSource}.
 */
@NullMarked
package io.github.nolabel.data.source;

import org.jspecify.annotations.NullMarked;
