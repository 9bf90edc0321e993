package io.github.nolabel.runtime.kernels;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.onnxruntime.OrtThreadWorkerFn;

/**
 * How many threads OpenMP takes, which is what oneDNN runs on. OpenMP has no Java classes; its one
 * function that is needed takes a number, and is called through a binding whose argument is passed
 * in the same register.
 */
final class OpenMp {

  private static final String SET_THREADS = "omp_set_num_threads";

  /** The binding reads the function from the first word; the second is a Java object, none here. */
  private final LongPointer function = new LongPointer(2);

  private final OrtThreadWorkerFn setThreads;

  private OpenMp(Pointer address) {
    function.put(0, address.address()).put(1, 0);
    setThreads = new OrtThreadWorkerFn(function);
  }

  /** Whether the library that oneDNN was linked with is OpenMP. */
  static boolean isLoaded() {
    Pointer address = Loader.addressof(SET_THREADS);
    return address != null && !address.isNull();
  }

  static OpenMp loaded() {
    return new OpenMp(Loader.addressof(SET_THREADS));
  }

  /** The calling thread works alone from now on; other threads keep what they were told. */
  void alone() {
    setThreads.call(new Word(1));
  }

  /** A number where a binding wants a pointer. */
  private static final class Word extends Pointer {
    Word(long value) {
      address = value;
    }
  }
}
