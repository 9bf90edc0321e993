package io.github.nolabel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.graph.GraphPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A method's forward graph is the one that was looked at when its golden file was written. */
final class GraphContract {

  private static final String WRITE = "nolabel.golden";

  private final TinyRun tiny;
  private final Path golden;

  GraphContract(TinyRun tiny, Path golden) {
    this.tiny = tiny;
    this.golden = golden;
  }

  private static String remedy(String what) {
    return "%s. Look at the graph, and if it is right write it down: mvn test -D%s=write"
        .formatted(what, WRITE);
  }

  void forwardGraphEqualsItsGoldenFile() {
    String printed =
        GraphPrinter.print(GradientContract.forward(tiny.objective(TinyRun.spec(6, 10))).graph());
    try {
      if ("write".equals(System.getProperty(WRITE))) {
        Files.createDirectories(golden.toAbsolutePath().resolveSibling("."));
        Files.writeString(golden, printed);
      }
      assertThat(golden).as(remedy("There is no golden file")).exists();
      assertThat(printed)
          .as(remedy("The graph is not that of " + golden))
          .isEqualTo(Files.readString(golden));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
