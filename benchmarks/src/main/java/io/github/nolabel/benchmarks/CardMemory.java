package io.github.nolabel.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What the driver's own tool says of the first card. */
final class CardMemory {

  private CardMemory() {}

  /** Memory in use by all processes in MiB; NaN if the tool is not there, which fails a check. */
  static double usedMib() {
    return number(
        "nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits", "--id=0");
  }

  private static double number(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Double.parseDouble(said) : Double.NaN;
    } catch (IOException | NumberFormatException e) {
      return Double.NaN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Double.NaN;
    }
  }
}
