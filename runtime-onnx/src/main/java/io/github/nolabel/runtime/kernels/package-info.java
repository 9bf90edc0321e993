/**
 * Operators of a training session that run in oneDNN instead of ONNX Runtime's own kernels.
 * Internal to this module. Start at {@link io.github.nolabel.runtime.kernels.KernelPolicy}.
 */
@NullMarked
package io.github.nolabel.runtime.kernels;

import org.jspecify.annotations.NullMarked;
