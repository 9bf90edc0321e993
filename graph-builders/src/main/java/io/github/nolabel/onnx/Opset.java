package io.github.nolabel.onnx;

/** The one version of ONNX that is written; readable by the pinned and by stock ONNX Runtimes. */
final class Opset {

  /** Of the standard operators. */
  static final long VERSION = 20;

  /** Of the file format. */
  static final long IR_VERSION = 9;

  /** The ONNX Runtime's own operators: training kernels and in-place writes. */
  static final String RUNTIME_DOMAIN = "com.microsoft";

  private Opset() {}
}
