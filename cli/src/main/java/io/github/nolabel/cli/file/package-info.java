/**
 * Files that appear complete or not at all. Start at {@link
 * io.github.nolabel.cli.file.OutputFiles}.
 */
@NullMarked
package io.github.nolabel.cli.file;

import org.jspecify.annotations.NullMarked;
