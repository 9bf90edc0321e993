package io.github.nolabel.runtime.kernels;

import io.github.nolabel.runtime.kernels.formula.FormulaKernel;
import io.github.nolabel.runtime.kernels.node.Crew;
import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.NodeAttributes;
import io.github.nolabel.runtime.kernels.node.Operator;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import java.util.Set;
import java.util.function.Function;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.onnxruntime.global.onnxruntime;

/**
 * An operator as one session has it.
 *
 * @param nativeName the operator's name, kept as long as the session
 * @param arithmetic of feature maps in the kernels' layout
 * @param crew that its kernels work with
 * @param maker from a node to its kernel
 */
record OperatorBinding(
    Operator operator,
    BytePointer nativeName,
    Arithmetic arithmetic,
    Crew crew,
    Function<NodeAttributes, Kernel> maker) {

  /** ONNX Runtime's code for the elements of an input. */
  int inputType(long index) {
    return Operators.isFormula(operator) && index < FormulaKernel.FIRST
        ? onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL
        : type(operator.maps().inputs(), index);
  }

  /** ONNX Runtime's code for the elements of an output. */
  int outputType(long index) {
    return type(operator.maps().outputs(), index);
  }

  /**
   * ONNX Runtime's code for the elements of an input or output.
   *
   * @param maps which of them are feature maps
   */
  private int type(Set<Integer> maps, long index) {
    return maps.contains((int) index) && arithmetic == Arithmetic.BF16
        ? onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16
        : onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT;
  }
}
