package io.github.nolabel.runtime.memory;

import io.github.nolabel.api.NolabelException;

/** ONNX Runtime refused; the message ends with its own words: node name, shapes, reason. */
public final class OnnxRuntimeException extends NolabelException {

  OnnxRuntimeException(String message) {
    super(message);
  }
}
