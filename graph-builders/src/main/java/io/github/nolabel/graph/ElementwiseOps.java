package io.github.nolabel.graph;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;

/** Operators that act on each element by itself; two operands broadcast as in NumPy. */
public sealed interface ElementwiseOps extends Emitter permits Ops, RandomOps {

  default Value add(Value a, Value b) {
    return elementwise("Add", a, b);
  }

  default Value sub(Value a, Value b) {
    return elementwise("Sub", a, b);
  }

  default Value mul(Value a, Value b) {
    return elementwise("Mul", a, b);
  }

  default Value mul(Value a, double factor) {
    return mul(a, constant(factor));
  }

  default Value div(Value a, Value b) {
    return elementwise("Div", a, b);
  }

  /** The remainder of whole numbers, int64, with the sign of {@code b}. */
  default Value mod(Value a, Value b) {
    return elementwise("Mod", a, b);
  }

  default Value min(Value a, Value b) {
    return elementwise("Min", a, b);
  }

  default Value max(Value a, Value b) {
    return elementwise("Max", a, b);
  }

  /** {@code x^exponent}; the exponent is a constant. */
  default Value pow(Value x, double exponent) {
    return emit("Pow", x.shape(), Attributes.of("exponent", exponent), x);
  }

  default Value neg(Value x) {
    return unary("Neg", x);
  }

  default Value exp(Value x) {
    return unary("Exp", x);
  }

  default Value log(Value x) {
    return unary("Log", x);
  }

  default Value sqrt(Value x) {
    return unary("Sqrt", x);
  }

  default Value reciprocal(Value x) {
    return unary("Reciprocal", x);
  }

  default Value abs(Value x) {
    return unary("Abs", x);
  }

  /** Minus one, zero or one. */
  default Value sign(Value x) {
    return unary("Sign", x);
  }

  /** Of an angle in radians. */
  default Value sin(Value x) {
    return unary("Sin", x);
  }

  /** Of an angle in radians. */
  default Value cos(Value x) {
    return unary("Cos", x);
  }

  /** The Gauss error function. */
  default Value erf(Value x) {
    return unary("Erf", x);
  }

  default Value relu(Value x) {
    return unary("Relu", x);
  }

  /** {@code dy} where {@code y = relu(x)} is above zero, zero elsewhere. */
  default Value reluGrad(Value dy, Value y) {
    return emit("ReluGrad", y.shape(), Attributes.NONE, dy, y);
  }

  default Value sigmoid(Value x) {
    return unary("Sigmoid", x);
  }

  default Value tanh(Value x) {
    return unary("Tanh", x);
  }

  /** {@code log(1 + exp(x))}. */
  default Value softplus(Value x) {
    return unary("Softplus", x);
  }

  /** {@code x * Phi(x)} with the exact normal distribution function. */
  default Value gelu(Value x) {
    return unary("Gelu", x);
  }

  /** The derivative of {@link #gelu} at {@code x}, times {@code dy}. */
  default Value geluGrad(Value dy, Value x) {
    return emit("GeluGrad", x.shape(), Attributes.NONE, dy, x);
  }

  /** {@code x * sigmoid(1.702 x)}. */
  default Value quickGelu(Value x) {
    return mul(x, sigmoid(mul(x, 1.702)));
  }

  /** Values below {@code low} become {@code low}, above {@code high} become {@code high}. */
  default Value clip(Value x, double low, double high) {
    return emit("Clip", x.shape(), Attributes.of("min", low).with("max", high), x);
  }

  /** Passes the value on and stops gradients. */
  default Value detach(Value x) {
    return emit("Detach", x.type(), x.shape(), Attributes.NONE, x);
  }

  /** A float[] scalar. */
  default Value constant(double value) {
    return emit("Constant", Shape.of(), Attributes.of("value", value));
  }

  /** An int64[] scalar. */
  default Value integer(long value) {
    return emit("Constant", ElementType.INT64, Shape.of(), Attributes.of("value", value));
  }

  /** Fixed values. */
  default Value constant(Tensor values) {
    return emit("Constant", values.type(), values.shape(), Attributes.of("value", values));
  }

  /** Zeros with the shape of {@code like}. */
  default Value zerosLike(Value like) {
    return emit("ZerosLike", like.type(), like.shape(), Attributes.NONE, like);
  }

  private Value unary(String op, Value x) {
    return emit(op, x.type(), x.shape(), Attributes.NONE, x);
  }

  private Value elementwise(String op, Value a, Value b) {
    if (a.type() != b.type()) {
      throw new IllegalArgumentException(
          "%s cannot combine %s%s with %s%s: the types differ"
              .formatted(op, a.type(), a.shape(), b.type(), b.shape()));
    }
    return emit(op, a.type(), Shapes.broadcast(op, a.shape(), b.shape()), Attributes.NONE, a, b);
  }
}
