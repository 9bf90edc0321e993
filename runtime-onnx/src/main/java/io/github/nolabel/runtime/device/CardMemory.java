package io.github.nolabel.runtime.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What the driver's own tool says of a card's memory. */
public final class CardMemory {

  private static final int MIB_BITS = 20;
  private static final int SECONDS = 10;

  private CardMemory() {}

  /** All memory of the card in bytes; empty if the tool is not there or does not tell. */
  public static OptionalLong of(int card) {
    return said(
        "nvidia-smi", "--query-gpu=memory.total", "--format=csv,noheader,nounits", "--id=" + card);
  }

  static OptionalLong said(String... command) {
    try {
      Process tool =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      tool.getOutputStream().close();
      if (!tool.waitFor(SECONDS, TimeUnit.SECONDS)) {
        tool.destroyForcibly();
        return OptionalLong.empty();
      }
      String mebibytes = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return tool.exitValue() == 0
          ? OptionalLong.of(Long.parseLong(mebibytes.strip()) << MIB_BITS)
          : OptionalLong.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
  }
}
