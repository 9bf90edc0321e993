package io.github.nolabel.runtime.memory;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/** What the process holds and no longer needs. */
public final class ProcessMemory {

  private static final String TRIM = "malloc_trim";

  private ProcessMemory() {}

  /**
   * Frees direct buffers that nobody reaches. They are as large as the state, and the collector,
   * which sees only their handles, would keep them through the first steps.
   */
  public static void dropGarbage() {
    System.gc();
  }

  /**
   * Gives memory back to the system that opening a model took and freed, where the C library can.
   */
  public static void trim() {
    Pointer function = Loader.addressof(TRIM);
    if (function != null && !function.isNull()) {
      new NativeFunction(function).call(0);
    }
  }
}
