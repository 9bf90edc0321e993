package io.github.nolabel.runtime.kernels;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** A float32 tensor where ONNX Runtime keeps it, valid during one call of a kernel. */
record NativeTensor(List<Long> extents, FloatPointer data) {

  /** Where this one of the outermost axis begins. */
  Pointer at(long index) {
    long each = 1;
    for (long extent : extents.subList(1, extents.size())) {
      each *= extent;
    }
    return data.getPointer(index * each);
  }
}
