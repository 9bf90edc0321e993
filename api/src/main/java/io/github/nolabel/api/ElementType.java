package io.github.nolabel.api;

/** What one element of a tensor is. */
public enum ElementType {
  FLOAT(1, Float.BYTES),
  UINT8(2, Byte.BYTES),
  INT32(6, Integer.BYTES),
  INT64(7, Long.BYTES),
  BOOL(9, Byte.BYTES),
  /** IEEE 754 half precision; only within graphs, never as a tensor of Java's. */
  FLOAT16(10, Short.BYTES),
  DOUBLE(11, Double.BYTES);

  private final int onnxCode;
  private final int bytes;

  ElementType(int onnxCode, int bytes) {
    this.onnxCode = onnxCode;
    this.bytes = bytes;
  }

  /** The number that ONNX files and the ONNX Runtime use for this type. */
  public int onnxCode() {
    return onnxCode;
  }

  /** Bytes per element. */
  public int bytes() {
    return bytes;
  }
}
