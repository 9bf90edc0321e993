/**
 * ONNX files as plain records, checked against their bounds; what the operators mean is not known
 * here. Start at {@link io.github.nolabel.onnx.read.OnnxFile}.
 */
@NullMarked
package io.github.nolabel.onnx.read;

import org.jspecify.annotations.NullMarked;
