package io.github.nolabel.runtime.kernels.formula;

import io.github.nolabel.runtime.kernels.node.NativeTensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Float32 tensors as buffers, which are made anew only where a tensor has moved since. */
final class FloatViews {

  private final List<View> last = new ArrayList<>();

  private record View(long address, FloatBuffer numbers) {

    static View of(NativeTensor tensor) {
      return new View(tensor.data().address(), tensor.floats());
    }

    boolean isOf(NativeTensor tensor) {
      return address == tensor.data().address() && numbers.capacity() == tensor.elements();
    }
  }

  /** In the order of the tensors. */
  List<FloatBuffer> of(List<NativeTensor> tensors) {
    List<FloatBuffer> numbers = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      if (i == last.size()) {
        last.add(View.of(tensors.get(i)));
      } else if (!last.get(i).isOf(tensors.get(i))) {
        last.set(i, View.of(tensors.get(i)));
      }
      numbers.add(last.get(i).numbers());
    }
    return numbers;
  }
}
