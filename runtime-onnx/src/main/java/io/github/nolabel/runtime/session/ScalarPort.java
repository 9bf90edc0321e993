package io.github.nolabel.runtime.session;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.runtime.memory.NativeScope;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.nio.ByteBuffer;
import org.bytedeco.onnxruntime.OrtValue;

/** One scalar input or output of a model, over memory that is reused for every step. */
final class ScalarPort {

  private final TensorSpec spec;
  private final Tensor contents;
  private final ByteBuffer bytes;
  private final OrtValue view;

  ScalarPort(OrtLibrary library, TensorSpec spec, NativeScope scope) {
    this.spec = spec;
    this.contents = Tensor.zeros(spec.type(), spec.shape());
    this.bytes = contents.bytes();
    this.view = scope.own(library.view(contents), library::release);
    if (contents.elements() != 1) {
      throw new IllegalStateException(
          "'" + spec + "' must hold a single value: the loop feeds and reads scalars");
    }
  }

  String name() {
    return spec.name();
  }

  OrtValue view() {
    return view;
  }

  void write(double value) {
    switch (spec.type()) {
      case FLOAT -> bytes.putFloat(0, (float) value);
      case DOUBLE -> bytes.putDouble(0, value);
      case INT64 -> bytes.putLong(0, whole(value));
      case INT32 -> bytes.putInt(0, Math.toIntExact(whole(value)));
      case BOOL -> bytes.put(0, (byte) (value == 0 ? 0 : 1));
      case UINT8 -> bytes.put(0, (byte) whole(value));
      case FLOAT16 -> throw inGraphsOnly();
    }
  }

  double read() {
    return switch (spec.type()) {
      case FLOAT -> bytes.getFloat(0);
      case DOUBLE -> bytes.getDouble(0);
      case INT64 -> bytes.getLong(0);
      case INT32 -> bytes.getInt(0);
      case BOOL, UINT8 -> bytes.get(0) & 0xff;
      case FLOAT16 -> throw inGraphsOnly();
    };
  }

  private IllegalStateException inGraphsOnly() {
    return new IllegalStateException(
        "'" + spec + "': float16 stays within the graph; cast it there.");
  }

  private long whole(double value) {
    if (value != Math.rint(value)) {
      throw new IllegalStateException(
          "'%s' takes whole numbers, was fed %s".formatted(spec, value));
    }
    return (long) value;
  }
}
