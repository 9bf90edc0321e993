package io.github.nolabel.spark;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tensors by name as they travel. */
final class SentTensors implements Serializable {

  private static final long serialVersionUID = 1;

  private final LinkedHashMap<String, Contents> tensors = new LinkedHashMap<>();

  private SentTensors() {}

  static SentTensors of(Map<String, Tensor> tensors) {
    SentTensors sent = new SentTensors();
    tensors.forEach((name, tensor) -> sent.tensors.put(name, new Contents(tensor)));
    return sent;
  }

  Map<String, Tensor> received() {
    Map<String, Tensor> received = new LinkedHashMap<>();
    tensors.forEach((name, contents) -> received.put(name, contents.tensor()));
    return received;
  }

  private static final class Contents implements Serializable {

    private static final long serialVersionUID = 1;

    private final ElementType type;
    private final long[] extents;
    private final byte[] bytes;

    private Contents(Tensor tensor) {
      this.type = tensor.type();
      this.extents = tensor.shape().at(0);
      this.bytes = new byte[tensor.bytes().capacity()];
      tensor.bytes().get(bytes);
    }

    Tensor tensor() {
      Tensor tensor = Tensor.zeros(type, extents);
      tensor.bytes().put(bytes);
      return tensor;
    }
  }
}
