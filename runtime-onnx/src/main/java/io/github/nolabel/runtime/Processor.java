package io.github.nolabel.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What computes when nothing else does. */
final class Processor {

  private static final Path LINUX_FACTS = Path.of("/proc/cpuinfo");

  private Processor() {}

  /** The model as the system calls it, else the architecture. */
  static String name() {
    try (Stream<String> lines = Files.lines(LINUX_FACTS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch", "unknown"));
    } catch (IOException e) {
      return System.getProperty("os.arch", "unknown");
    }
  }
}
