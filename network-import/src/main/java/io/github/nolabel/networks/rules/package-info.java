/**
 * What becomes of each ONNX operator, one row per operator and one family per file. Start at {@link
 * io.github.nolabel.networks.rules.TranslationRules}.
 */
@NullMarked
package io.github.nolabel.networks.rules;

import org.jspecify.annotations.NullMarked;
