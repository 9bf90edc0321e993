/**
 * Exported networks in programs that do not train. Start at {@link
 * io.github.nolabel.inference.ExportedBackbone}, or for texts at {@link
 * io.github.nolabel.inference.ImageSearch}.
 */
@NullMarked
package io.github.nolabel.inference;

import org.jspecify.annotations.NullMarked;
