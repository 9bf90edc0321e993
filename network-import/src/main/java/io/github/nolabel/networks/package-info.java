/**
 * Networks from ONNX files as trainable backbones, registered as the backbone {@code onnx}. Start
 * at {@link io.github.nolabel.networks.OnnxBackbone}; what an operator becomes stands in {@link
 * io.github.nolabel.networks.rules.TranslationRules}.
 */
@NullMarked
package io.github.nolabel.networks;

import org.jspecify.annotations.NullMarked;
