/**
 * Reads the bytes of an ONNX model and writes them anew. Internal to this module. Start at {@link
 * io.github.nolabel.runtime.kernels.model.GraphProto}.
 */
@NullMarked
package io.github.nolabel.runtime.kernels.model;

import org.jspecify.annotations.NullMarked;
