/**
 * Primitives of oneDNN, run one after the other on memory that is given; knows no ONNX Runtime.
 * Internal to this module. Start at {@link io.github.nolabel.runtime.kernels.onednn.Pass}.
 */
@NullMarked
package io.github.nolabel.runtime.kernels.onednn;

import org.jspecify.annotations.NullMarked;
