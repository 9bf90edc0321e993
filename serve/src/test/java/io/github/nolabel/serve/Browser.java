package io.github.nolabel.serve;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A browser without a window, which keeps its files in a folder of the test. */
public record Browser(Path program, Path folder) {

  /** The first on the PATH; where there is none, the test ends here. */
  public static Browser in(Path folder) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    Optional<Path> program =
        Arrays.stream(path.split(File.pathSeparator, -1))
            .flatMap(place -> Stream.of("chromium", "google-chrome").map(Path.of(place)::resolve))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), "no Chromium on the PATH");
    return new Browser(program.orElseThrow(), folder);
  }

  /** What a page has become once its scripts have run. */
  public String shown(URI page) throws IOException, InterruptedException {
    Path dom = folder.resolve("dom.html");
    new ProcessBuilder(
            program.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--user-data-dir=" + folder.resolve("profile"),
            "--virtual-time-budget=10000",
            "--dump-dom",
            page.toString())
        .redirectOutput(dom.toFile())
        .redirectError(folder.resolve("errors").toFile())
        .start()
        .waitFor();
    return Files.readString(dom, StandardCharsets.UTF_8);
  }
}
