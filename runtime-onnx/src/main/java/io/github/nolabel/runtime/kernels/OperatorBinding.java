package io.github.nolabel.runtime.kernels;

import io.github.nolabel.runtime.memory.OrtLibrary;
import java.util.function.Function;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.onnxruntime.OrtKernelInfo;

/**
 * An operator as one session has it.
 *
 * @param nativeName the operator's name, kept as long as the session
 * @param maker from a node to its kernel
 */
record OperatorBinding(
    OrtLibrary library,
    Operator operator,
    BytePointer nativeName,
    Function<NodeAttributes, Kernel> maker) {

  BoundKernel bound(OrtKernelInfo info) {
    NodeAttributes node = new NodeAttributes(library, info);
    String name = node.node();
    return new BoundKernel(library, operator.name() + " '" + name + "'", maker.apply(node));
  }

  /** A kernel with the name of its node. */
  record BoundKernel(OrtLibrary library, String node, Kernel kernel) {}
}
