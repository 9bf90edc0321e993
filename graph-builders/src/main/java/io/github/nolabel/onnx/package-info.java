/** Graphs to ONNX bytes. Start at {@link io.github.nolabel.onnx.OnnxWriter}. */
@NullMarked
package io.github.nolabel.onnx;

import org.jspecify.annotations.NullMarked;
