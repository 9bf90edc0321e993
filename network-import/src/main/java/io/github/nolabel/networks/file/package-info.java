/**
 * ONNX files as plain records, checked against their bounds; what the operators mean is not known
 * here. Start at {@link io.github.nolabel.networks.file.OnnxFile}.
 */
@NullMarked
package io.github.nolabel.networks.file;

import org.jspecify.annotations.NullMarked;
