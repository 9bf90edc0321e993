package io.github.nolabel.runtime.kernels;

import java.util.Optional;
import java.util.stream.Stream;

/** What a step of a {@link Formula} does, rounded to float32 as the operator of ONNX rounds. */
enum Operation {
  ADD(0, "Add") {
    @Override
    void apply(float[] a, float[] b, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = a[i] + b[i];
      }
    }
  },
  SUB(1, "Sub") {
    @Override
    void apply(float[] a, float[] b, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = a[i] - b[i];
      }
    }
  },
  MUL(2, "Mul") {
    @Override
    void apply(float[] a, float[] b, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = a[i] * b[i];
      }
    }
  },
  DIV(3, "Div") {
    @Override
    void apply(float[] a, float[] b, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = a[i] / b[i];
      }
    }
  },
  SQRT(4, "Sqrt") {
    @Override
    void apply(float[] a, float[] b, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = (float) Math.sqrt(a[i]);
      }
    }
  };

  private final int code;
  private final String operator;

  Operation(int code, String operator) {
    this.code = code;
    this.operator = operator;
  }

  /** The number that stands for it in a model that is opened. */
  int code() {
    return code;
  }

  static Operation coded(long code) {
    return Stream.of(values()).filter(o -> o.code == code).findFirst().orElseThrow();
  }

  /**
   * Writes {@code y} in its first {@code count} positions.
   *
   * @param b not read by what takes one operand
   */
  abstract void apply(float[] a, float[] b, float[] y, int count);

  /** That of a node, if it is one. */
  static Optional<Operation> of(NodeProto node) {
    return node.domain().isEmpty()
        ? Stream.of(values()).filter(o -> o.operator.equals(node.type())).findFirst()
        : Optional.empty();
  }
}
