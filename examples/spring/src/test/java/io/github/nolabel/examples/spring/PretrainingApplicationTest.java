package io.github.nolabel.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.examples.spring.RunView.Status;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PretrainingApplicationTest {

  @TempDir static Path folder;

  private final TestRestTemplate service;

  @Autowired
  PretrainingApplicationTest(TestRestTemplate service) {
    this.service = service;
  }

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("nolabel.runs", () -> folder.resolve("runs").toString());
  }

  @BeforeAll
  static void drawPhotos() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 12; i++) {
      draw(folder.resolve("photos/red/" + i + ".png"), random, 0xFF0000);
      draw(folder.resolve("photos/blue/" + i + ".png"), random, 0x0000FF);
    }
  }

  @Test
  void aRunTrainsInTheBackgroundUntilItIsComplete() throws InterruptedException {
    ResponseEntity<RunView> answer =
        service.postForEntity("/runs", request("small-cnn", 2), RunView.class);
    assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
    assertThat(answer.getHeaders().getLocation()).hasPath("/runs/" + answer.getBody().id());
    RunView view = await(answer.getBody().id(), RunView::hasEnded);
    assertThat(view.status()).as("%s", view.message()).isEqualTo(Status.COMPLETE);
    assertThat(view.step()).isEqualTo(view.steps()).isPositive();
    assertThat(view.loss()).isPositive();
    assertThat(view.accuracies()).containsOnlyKeys("accuracy");
    assertThat(folder.resolve("runs").resolve(view.id())).isNotEmptyDirectory();
  }

  @Test
  void aRunIsStopped() throws InterruptedException {
    String id = service.postForObject("/runs", request("small-cnn", 1000), RunView.class).id();
    await(id, view -> view.step() > 0);
    ResponseEntity<RunView> answer =
        service.exchange("/runs/" + id, HttpMethod.DELETE, null, RunView.class);
    assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
    RunView view = await(id, RunView::hasEnded);
    assertThat(view.status()).as("%s", view.message()).isEqualTo(Status.STOPPED);
    assertThat(view.step()).isLessThan(view.steps());
    assertThat(view.accuracies()).isNull();
  }

  @Test
  void mistakesAreExplained() {
    ResponseEntity<ProblemDetail> answer =
        service.postForEntity("/runs", request("small-cn", 2), ProblemDetail.class);
    assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(answer.getBody().getDetail()).contains("small-cn");
  }

  @Test
  void dataThatIsNotThereFailsTheRun() throws InterruptedException {
    Map<String, Object> request = Map.of("data", "folder:" + folder.resolve("nowhere"));
    String id = service.postForObject("/runs", request, RunView.class).id();
    RunView view = await(id, RunView::hasEnded);
    assertThat(view.status()).isEqualTo(Status.FAILED);
    assertThat(view.message()).contains("nowhere");
  }

  @Test
  void anUnknownRunIsNotFound() {
    for (HttpMethod method : new HttpMethod[] {HttpMethod.GET, HttpMethod.DELETE}) {
      ResponseEntity<ProblemDetail> answer =
          service.exchange("/runs/none", method, null, ProblemDetail.class);
      assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
      assertThat(answer.getBody().getDetail()).isEqualTo("There is no run 'none'.");
    }
  }

  @Test
  void closingTheApplicationStopsItsRuns() {
    BackgroundRun running;
    BackgroundRun waiting;
    try (ConfigurableApplicationContext application =
        SpringApplication.run(
            PretrainingApplication.class,
            "--server.port=0",
            "--nolabel.threads=1",
            "--nolabel.runs=" + folder.resolve("others"))) {
      BackgroundRuns runs = application.getBean(BackgroundRuns.class);
      RunRequest request = request("small-cnn", 1000);
      running = runs.start(request.plan());
      waiting = runs.start(request.plan());
    }
    assertThat(running.view().status()).isEqualTo(Status.STOPPED);
    assertThat(waiting.view().status()).isEqualTo(Status.STOPPED);
  }

  private RunView await(String id, Predicate<RunView> condition) throws InterruptedException {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    RunView view = service.getForObject("/runs/" + id, RunView.class);
    while (!condition.test(view)) {
      assertThat(Instant.now()).as("%s", view).isBefore(deadline);
      Thread.sleep(20);
      view = service.getForObject("/runs/" + id, RunView.class);
    }
    return view;
  }

  private static RunRequest request(String backbone, int epochs) {
    return new RunRequest(
        "folder:" + folder.resolve("photos"),
        backbone,
        epochs,
        8,
        16,
        Map.of("backbone.width", "4", "backbone.stages", "2", "projectionDim", "8"));
  }

  private static void draw(Path file, Random random, int tint) throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < 256; pixel++) {
      image.setRGB(pixel % 16, pixel / 16, random.nextInt(1 << 24) | tint);
    }
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }
}
