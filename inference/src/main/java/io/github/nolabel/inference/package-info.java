/**
 * Exported backbones in programs that do not train. Start at {@link
 * io.github.nolabel.inference.ExportedBackbone}.
 */
@NullMarked
package io.github.nolabel.inference;

import org.jspecify.annotations.NullMarked;
