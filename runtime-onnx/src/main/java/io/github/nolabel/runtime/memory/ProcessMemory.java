package io.github.nolabel.runtime.memory;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/** What the process holds and no longer needs. */
public final class ProcessMemory {

  private static final String TRIM = "malloc_trim";

  private ProcessMemory() {}

  /**
   * Gives back what opening a session left behind: buffers that nobody reaches, which the collector
   * would keep through the first steps as it sees only their handles, and memory that the C library
   * took and freed, where it can.
   */
  public static void release() {
    System.gc();
    Pointer trim = Loader.addressof(TRIM);
    if (trim != null && !trim.isNull()) {
      new NativeFunction(trim).call(0);
    }
  }
}
