package io.github.nolabel.runtime.memory;

import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.onnxruntime.OrtThreadWorkerFn;

/**
 * A C function of one number that has no Java class, called through a binding whose argument is
 * passed in the same register.
 */
public final class NativeFunction {

  /** The binding reads the function from the first word; the second is a Java object, none here. */
  private final LongPointer address = new LongPointer(2);

  private final OrtThreadWorkerFn function;

  public NativeFunction(Pointer function) {
    address.put(0, function.address()).put(1, 0);
    this.function = new OrtThreadWorkerFn(address);
  }

  public void call(long argument) {
    function.call(new Word(argument));
  }

  /** A number where a binding wants a pointer. */
  private static final class Word extends Pointer {
    Word(long value) {
      address = value;
    }
  }
}
