/**
 * Files that appear complete or not at all. Start at {@link
 * io.github.nolabel.runs.file.OutputFiles}.
 */
@NullMarked
package io.github.nolabel.runs.file;

import org.jspecify.annotations.NullMarked;
