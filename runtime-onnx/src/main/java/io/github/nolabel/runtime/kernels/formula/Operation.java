package io.github.nolabel.runtime.kernels.formula;

import io.github.nolabel.runtime.kernels.model.NodeProto;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a step of a {@link Formula} does, rounded to float32 as the operator of ONNX rounds. Each
 * loop stands by itself and is plain enough for the compiler to use vectors.
 */
enum Operation {
  ADD(0, "Add") {
    @Override
    float of(float a, float b) {
      return a + b;
    }

    @Override
    void apply(float[] a, float[] b, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = a[i] + b[i];
      }
    }

    @Override
    void apply(float[] a, float b, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = a[i] + b;
      }
    }

    @Override
    void apply(float a, float[] b, float[] y, int count) {
      apply(b, a, y, count);
    }
  },
  SUB(1, "Sub") {
    @Override
    float of(float a, float b) {
      return a - b;
    }

    @Override
    void apply(float[] a, float[] b, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = a[i] - b[i];
      }
    }

    @Override
    void apply(float[] a, float b, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = a[i] - b;
      }
    }

    @Override
    void apply(float a, float[] b, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = a - b[i];
      }
    }
  },
  MUL(2, "Mul") {
    @Override
    float of(float a, float b) {
      return a * b;
    }

    @Override
    void apply(float[] a, float[] b, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = a[i] * b[i];
      }
    }

    @Override
    void apply(float[] a, float b, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = a[i] * b;
      }
    }

    @Override
    void apply(float a, float[] b, float[] y, int count) {
      apply(b, a, y, count);
    }
  },
  DIV(3, "Div") {
    @Override
    float of(float a, float b) {
      return a / b;
    }

    @Override
    void apply(float[] a, float[] b, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = a[i] / b[i];
      }
    }

    @Override
    void apply(float[] a, float b, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = a[i] / b;
      }
    }

    @Override
    void apply(float a, float[] b, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = a / b[i];
      }
    }
  },

  /** Takes one operand: where there are two they are the same. */
  SQRT(4, "Sqrt") {
    @Override
    float of(float a, float b) {
      return (float) Math.sqrt(a);
    }

    @Override
    void apply(float[] a, float[] b, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = (float) Math.sqrt(a[i]);
      }
    }

    @Override
    void apply(float[] a, float b, float[] y, int count) {
      apply(a, a, y, count);
    }

    @Override
    void apply(float a, float[] b, float[] y, int count) {
      apply(b, b, y, count);
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

  /** That of a node, if it is one. */
  static Optional<Operation> of(NodeProto node) {
    return node.domain().isEmpty()
        ? Stream.of(values()).filter(o -> o.operator.equals(node.type())).findFirst()
        : Optional.empty();
  }

  abstract float of(float a, float b);

  /** Writes {@code y}, which may be an operand, in its first {@code count} positions. */
  abstract void apply(float[] a, float[] b, float[] y, int count);

  abstract void apply(float[] a, float b, float[] y, int count);

  abstract void apply(float a, float[] b, float[] y, int count);
}
