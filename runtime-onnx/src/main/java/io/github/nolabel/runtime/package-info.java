/**
 * Executes training programs and exported models with ONNX Runtime. Start at {@link
 * io.github.nolabel.runtime.OnnxRuntimeProvider}.
 */
@NullMarked
package io.github.nolabel.runtime;

import org.jspecify.annotations.NullMarked;
