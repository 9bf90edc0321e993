/**
 * What ONNX Runtime gives a kernel, its node, tensors and threads, and how kernels share a batch
 * among threads. Internal to this module. Start at {@link
 * io.github.nolabel.runtime.kernels.node.Kernel}.
 */
@NullMarked
package io.github.nolabel.runtime.kernels.node;

import org.jspecify.annotations.NullMarked;
