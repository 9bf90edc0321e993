package io.github.nolabel.runtime.kernels.onednn;

import io.github.nolabel.runtime.memory.NativeFunction;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/** How many threads OpenMP takes, which is what oneDNN runs on. */
final class OpenMp {

  private static final String SET_THREADS = "omp_set_num_threads";

  private final NativeFunction setThreads;

  private OpenMp(Pointer address) {
    setThreads = new NativeFunction(address);
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
    setThreads.call(1);
  }
}
