/**
 * What becomes of each ONNX operator, one row per operator and one family per file. Start at {@link
 * io.github.nolabel.imported.rules.ImportRules}.
 */
@NullMarked
package io.github.nolabel.imported.rules;

import org.jspecify.annotations.NullMarked;
