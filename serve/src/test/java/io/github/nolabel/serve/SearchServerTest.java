package io.github.nolabel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nolabel.api.UserMistake;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchServerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 100_000;

  @TempDir private Path tmp;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<SearchServer> servers = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    Path photos = Files.createDirectory(tmp.resolve("photos"));
    Colours.write(photos, "blue.png", Color.BLUE);
    Colours.write(photos, "green.png", Color.GREEN);
    Colours.write(photos, "red.png", Color.RED);
    Files.write(photos.resolve("zz.png"), new byte[] {1});
    servers.add(start(Colours.withTexts()));
  }

  private SearchServer start(SearchModel model) {
    SearchIndex index =
        SearchIndex.open(
            Colours.folder(tmp.resolve("photos")), model, tmp.resolve("index"), notice -> {});
    return SearchServer.start(index, ServerSettings.DEFAULTS.withPort(0).withMaxBodyBytes(MOST));
  }

  @AfterEach
  void close() {
    servers.forEach(SearchServer::close);
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(servers.get(0).address().resolve(path));
  }

  private HttpResponse<byte[]> sent(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> posted(String path, byte[] body) throws Exception {
    return sent(to(path).POST(BodyPublishers.ofByteArray(body)));
  }

  private HttpResponse<byte[]> asked(String json) throws Exception {
    return sent(
        to("/search")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    return JSON.readTree(response.body());
  }

  private static List<String> names(HttpResponse<byte[]> response) throws IOException {
    assertThat(response.statusCode()).isEqualTo(200);
    return json(response).path("results").findValuesAsText("name").stream()
        .map(name -> Path.of(name).getFileName().toString())
        .toList();
  }

  private static void assertFault(HttpResponse<byte[]> response, int status, String words)
      throws IOException {
    assertThat(response.statusCode()).isEqualTo(status);
    JsonNode fault = json(response);
    assertThat(fault.path("status").intValue()).isEqualTo(status);
    assertThat(fault.path("error").textValue()).contains(words);
  }

  @Test
  void aPictureFindsThoseLikeIt() throws Exception {
    HttpResponse<byte[]> found = posted("/search?k=2", Colours.png(new Color(200, 10, 0)));
    assertThat(names(found)).containsExactly("red.png", "green.png");
    JsonNode best = json(found).path("results").path(0);
    assertThat(best.path("score").doubleValue()).isCloseTo(200 / Math.hypot(200, 10), within(1e-5));
    assertThat(best.path("image").intValue()).isEqualTo(2);
    assertThat(json(found).path("exact").booleanValue()).isTrue();
  }

  @Test
  void wordsFindPictures() throws Exception {
    assertThat(names(asked("{\"text\": \"blue\", \"k\": 1}"))).containsExactly("blue.png");
  }

  @Test
  void aPictureOfTheCollectionFindsItself() throws Exception {
    assertThat(names(asked("{\"image\": 1}"))).hasSize(3).startsWith("green.png");
  }

  @Test
  void aModelWithoutTextsSaysSo() throws Exception {
    SearchModel images = Colours.model("m", new AtomicInteger());
    servers.add(0, start(images));
    assertFault(asked("{\"text\": \"blue\"}"), 400, "reads no texts");
    assertThat(json(sent(to("/health"))).path("texts").booleanValue()).isFalse();
  }

  @Test
  void embeddingGivesAUnitVector() throws Exception {
    JsonNode features = json(posted("/embed", Colours.png(Color.RED))).path("features");
    assertThat(features).hasSize(3);
    assertThat(features.path(0).doubleValue()).isCloseTo(1, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "",
        "{}",
        "{\"text\": \"red\", \"image\": 1}",
        "{\"text\": 3}",
        "{\"text\": \" \"}",
        "{\"image\": 99}",
        "{\"image\": -1}",
        "{\"image\": 3}",
        "{\"image\": \"../../etc/passwd\"}",
        "{\"text\": \"red\", \"k\": 0}",
        "{\"text\": \"red\", \"k\": 1001}",
        "{\"text\": \"red\", \"count\": 5}"
      })
  void whatCannotBeMeantIsRefused(String json) throws Exception {
    HttpResponse<byte[]> response = asked(json);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("error").textValue()).isNotBlank();
  }

  @Test
  void brokenAndMissingPicturesAreRefused() throws Exception {
    assertFault(posted("/search", new byte[] {1, 2, 3}), 400, "the image that was sent");
    assertFault(posted("/embed", new byte[0]), 400, "Nothing was sent");
    assertFault(posted("/search?k=many", Colours.png(Color.RED)), 400, "'many'");
    HttpRequest.Builder form =
        to("/search")
            .header("Content-Type", "multipart/form-data; boundary=x")
            .POST(BodyPublishers.ofString("--x"));
    assertFault(sent(form), 400, "--data-binary");
  }

  @Test
  void largeBodiesAreRefused() throws Exception {
    assertFault(posted("/search", new byte[MOST + 1]), 413, "100,000 bytes");
    assertFault(posted("/embed", new byte[3 * MOST]), 413, "100,000 bytes");
    assertFault(posted("/embed", new byte[MOST]), 400, "the image that was sent");
  }

  @Test
  void thumbnailsAreSmallPicturesOfTheImages() throws Exception {
    HttpResponse<byte[]> response = sent(to("/thumbnail?i=2"));
    assertThat(response.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(response.body()));
    assertThat(new Color(picture.getRGB(6, 6)).getRed()).isGreaterThan(245);
  }

  @Test
  void nothingButTheImagesIsServed() throws Exception {
    assertFault(sent(to("/thumbnail?i=../../../etc/passwd")), 400, "whole number");
    assertFault(sent(to("/thumbnail?i=4")), 400, "from 0 to 3");
    assertFault(sent(to("/thumbnail?i=3")), 404, "no picture 3");
    assertFault(sent(to("/thumbnail")), 400, "whole number");
    assertFault(sent(to("/photos/red.png")), 404, "/search");
    assertThat(raw("GET /../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 404");
    assertThat(raw("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 404");
  }

  @Test
  void otherMethodsAreRefused() throws Exception {
    HttpResponse<byte[]> response = sent(to("/search").GET());
    assertFault(response, 405, "/search takes POST, not GET");
    assertThat(response.headers().firstValue("Allow")).hasValue("POST");
    assertFault(sent(to("/").DELETE()), 405, "/ takes GET");
    assertThat(sent(to("/").method("HEAD", BodyPublishers.noBody())).statusCode()).isEqualTo(200);
  }

  @Test
  void namesOfOthersAreNoNamesForThisComputer() throws Exception {
    assertThat(raw("GET /health HTTP/1.1\r\nHost: rebound.example\r\n\r\n"))
        .startsWith("HTTP/1.1 403")
        .contains("rebound.example");
    assertThat(raw("GET /health HTTP/1.1\r\nHost: localhost:80\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void healthTellsWhatIsServed() throws Exception {
    JsonNode health = json(sent(to("/health")));
    assertThat(health.path("status").textValue()).isEqualTo("up");
    assertThat(health.path("images").intValue()).isEqualTo(3);
    assertThat(health.path("broken").intValue()).isEqualTo(1);
    assertThat(health.path("texts").booleanValue()).isTrue();
  }

  @Test
  void metricsCountRequests() throws Exception {
    posted("/search", Colours.png(Color.RED));
    posted("/search", Colours.png(Color.RED));
    sent(to("/nothing/here"));
    String metrics = new String(sent(to("/metrics")).body(), StandardCharsets.UTF_8);
    assertThat(metrics)
        .contains("nolabel_requests_total{path=\"/search\",status=\"200\"} 2\n")
        .contains("nolabel_requests_total{path=\"other\",status=\"404\"} 1\n")
        .contains("nolabel_images{state=\"indexed\"} 3\n")
        .containsPattern("nolabel_request_seconds_total\\{path=\"/search\",status=\"200\"} \\d");
    assertThat(metrics.lines()).allMatch(line -> line.matches("# .*|[a-z_]+\\{[^}]*} [0-9.]+"));
  }

  @Test
  void theDescriptionNamesEveryPath() throws Exception {
    JsonNode description = json(sent(to("/openapi.json")));
    assertThat(description.path("openapi").textValue()).startsWith("3.0");
    List<String> described = new ArrayList<>();
    description.path("paths").fieldNames().forEachRemaining(described::add);
    String known = json(sent(to("/nothing"))).path("error").textValue();
    assertThat(described).allMatch(known::contains).hasSize(7);
  }

  @Test
  void thePageNeedsNothingFromElsewhere() throws Exception {
    HttpResponse<byte[]> page = sent(to("/"));
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'");
    assertThat(new String(page.body(), StandardCharsets.UTF_8))
        .doesNotContain("http:", "https:", "<link");
  }

  @Test
  void manyMayAskAtOnce() {
    List<CompletableFuture<HttpResponse<byte[]>>> answers =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    client.sendAsync(
                        to("/search?k=1")
                            .POST(
                                BodyPublishers.ofByteArray(
                                    Colours.png(i % 2 == 0 ? Color.RED : Color.BLUE)))
                            .build(),
                        BodyHandlers.ofByteArray()))
            .toList();
    for (int i = 0; i < answers.size(); i++) {
      String body = new String(answers.get(i).join().body(), StandardCharsets.UTF_8);
      assertThat(body).contains(i % 2 == 0 ? "red.png" : "blue.png");
    }
  }

  @Test
  void aPortThatIsTakenIsToldBeforehand() {
    int port = servers.get(0).address().getPort();
    assertThatThrownBy(() -> SearchServer.requireFree(ServerSettings.DEFAULTS.withPort(port)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll(String.valueOf(port), "Choose another port");
    ServerSettings nowhere = ServerSettings.DEFAULTS.withHost("no.such.invalid");
    assertThatThrownBy(() -> SearchServer.requireFree(nowhere))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("no.such.invalid");
  }

  @Test
  void aPortThatWasFoundFreeIsFree() {
    int port = servers.get(0).address().getPort();
    servers.remove(0).close();
    SearchServer.requireFree(ServerSettings.DEFAULTS.withPort(port));
    SearchServer.requireFree(ServerSettings.DEFAULTS.withPort(port));
  }

  /** What comes back for these very bytes; clients would tidy them up. */
  private String raw(String request) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), servers.get(0).address().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
