package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.file.Disk;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.cli.console.Interruption;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A search that is served in this process until it is interrupted. */
final class Served {

  private static final Pattern ADDRESS =
      Pattern.compile("36 images of .*: (http://127.0.0.1:\\d+/)");
  private static final long LONGEST = 30;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Interruption interruption = new Interruption(() -> {});
  private final CompletableFuture<Integer> running;

  private Served(Path model, Path photos) {
    Console console = Typed.console(out, err, interruption);
    running =
        CompletableFuture.supplyAsync(
            () ->
                new Program(console, Disk.LOCAL)
                    .run("serve", model.toString(), "--data=folder:" + photos, "--port=0"));
  }

  /** With 36 images. */
  static Served of(Path model, Path photos) {
    return new Served(model, photos);
  }

  /** Waits until it answers. */
  URI address() throws InterruptedException {
    Matcher address = ADDRESS.matcher("");
    while (!address.reset(out.toString(StandardCharsets.UTF_8)).find()) {
      assertThat(running).as(notices()).isNotDone();
      Thread.sleep(20);
    }
    return URI.create(address.group(1));
  }

  String notices() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Returns the exit code. */
  int interrupt() throws InterruptedException, ExecutionException, TimeoutException {
    interruption.interrupt();
    return running.get(LONGEST, TimeUnit.SECONDS);
  }
}
