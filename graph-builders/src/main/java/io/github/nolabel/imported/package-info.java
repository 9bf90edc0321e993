/**
 * Networks from ONNX files as trainable backbones, registered as the backbone {@code onnx}. Start
 * at {@link io.github.nolabel.imported.OnnxBackbone}; what an operator becomes stands in {@link
 * io.github.nolabel.imported.rules.ImportRules}.
 */
@NullMarked
package io.github.nolabel.imported;

import org.jspecify.annotations.NullMarked;
