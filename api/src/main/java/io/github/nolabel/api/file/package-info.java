/**
 * Files that appear complete or not at all. Start at {@link
 * io.github.nolabel.api.file.OutputFiles}.
 */
@NullMarked
package io.github.nolabel.api.file;

import org.jspecify.annotations.NullMarked;
