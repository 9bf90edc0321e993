package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.file.Disk;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.cli.console.Interruption;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A search that is served until it is interrupted. */
class ServeTest {

  private static final Path STORED = Path.of("src/test/resources/stored/0.1.0");
  private static final Pattern ADDRESS =
      Pattern.compile("36 images of .*: (http://127.0.0.1:\\d+/)");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Interruption interruption = new Interruption(() -> {});

  private CompletableFuture<Integer> serve(Path model) {
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            "nolabel",
            interruption);
    String photos = "--data=folder:" + STORED.resolve("photos");
    return CompletableFuture.supplyAsync(
        () -> new Program(console, Disk.LOCAL).run("serve", model.toString(), photos, "--port=0"));
  }

  private URI address(CompletableFuture<Integer> running) throws InterruptedException {
    Matcher address = ADDRESS.matcher("");
    while (!address.reset(out.toString(StandardCharsets.UTF_8)).find()) {
      assertThat(running).as(err.toString(StandardCharsets.UTF_8)).isNotDone();
      Thread.sleep(20);
    }
    return URI.create(address.group(1));
  }

  private static String found(URI address, Path photo) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/search?k=1"))
            .POST(BodyPublishers.ofFile(photo))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  @Test
  @Timeout(120)
  void aPhotoFindsItselfUntilInterrupted() throws Exception {
    for (int start = 0; start < 2; start++) {
      CompletableFuture<Integer> running = serve(STORED.resolve("exported.onnx"));
      URI address = address(running);
      assertThat(found(address, STORED.resolve("photos/green/07.png")))
          .contains("green/07.png", "\"score\":1.0,");
      interruption.interrupt();
      assertThat(running.get(30, TimeUnit.SECONDS)).isZero();
      String notices = err.toString(StandardCharsets.UTF_8);
      assertThat(start == 0 || !notices.contains("Embedding")).as(notices).isTrue();
      out.reset();
      err.reset();
    }
  }
}
