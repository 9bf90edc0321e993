package io.github.nolabel.runtime.kernels;

import java.util.function.Function;
import org.bytedeco.javacpp.BytePointer;

/**
 * An operator as one session has it.
 *
 * @param nativeName the operator's name, kept as long as the session
 * @param maker from a node to its kernel
 */
record OperatorBinding(
    Operator operator, BytePointer nativeName, Function<NodeAttributes, Kernel> maker) {}
