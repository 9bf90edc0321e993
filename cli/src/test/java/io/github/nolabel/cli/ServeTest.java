package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ServeTest {

  private static final Path STORED = Path.of("src/test/resources/stored/0.1.0");

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
      Served served = Served.of(STORED.resolve("exported.onnx"), STORED.resolve("photos"));
      URI address = served.address();
      assertThat(found(address, STORED.resolve("photos/green/07.png")))
          .contains("green/07.png", "\"score\":1.0,");
      assertThat(served.interrupt()).isZero();
      String notices = served.notices();
      assertThat(start == 0 || !notices.contains("Embedding")).as(notices).isTrue();
    }
  }
}
