package io.github.nolabel.runtime.device;

/**
 * Where sessions run.
 *
 * @param cuda whether on the first CUDA device; else on the CPU
 * @param threads of one operator on the CPU, at least 1
 */
public record DeviceChoice(boolean cuda, int threads) {

  /** {@code cpu} or {@code cuda}. */
  public String name() {
    return cuda ? "cuda" : "cpu";
  }
}
