/** Values as JSON text and back. Start at {@link io.github.nolabel.runs.file.Json}. */
@NullMarked
package io.github.nolabel.runs.file;

import org.jspecify.annotations.NullMarked;
