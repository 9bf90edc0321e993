package io.github.nolabel.examples.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** With what version 0.1.0 exported. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "nolabel.model=" + SearchApplicationTest.STORED + "/exported.onnx",
      "nolabel.photos=" + SearchApplicationTest.STORED + "/photos"
    })
class SearchApplicationTest {

  static final String STORED = "../../inference/src/test/resources/stored";

  /** What comes back for a photo. */
  record Embedded(List<Double> features) {}

  @Autowired private TestRestTemplate service;

  private <T> ResponseEntity<T> posted(String path, byte[] body, Class<T> as) {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.IMAGE_PNG);
    return service.postForEntity(path, new HttpEntity<>(body, headers), as);
  }

  private static byte[] photo() throws IOException {
    return Files.readAllBytes(Path.of(STORED, "photos/green/07.png"));
  }

  @Test
  void aPhotoFindsItselfFirst() throws IOException {
    PhotoIndex.Hit[] hits = posted("/search?k=3", photo(), PhotoIndex.Hit[].class).getBody();
    assertThat(hits).hasSize(3);
    assertThat(hits[0].photo()).isEqualTo(Path.of("green", "07.png").toString());
    assertThat(hits[0].score()).isCloseTo(1, within(1e-5));
    assertThat(hits[1].score()).isGreaterThanOrEqualTo(hits[2].score());
  }

  @Test
  void featuresHaveLengthOne() throws IOException {
    Embedded answer = posted("/embed", photo(), Embedded.class).getBody();
    double squares = 0;
    for (double feature : answer.features()) {
      squares += feature * feature;
    }
    assertThat(squares).isCloseTo(1, within(1e-5));
  }

  @Test
  void whatIsNoPhotoIsExplained() throws IOException {
    ResponseEntity<ProblemDetail> answer =
        posted("/search", new byte[] {1, 2, 3}, ProblemDetail.class);
    assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(answer.getBody().getDetail()).contains("no PNG, JPEG");
    assertThat(posted("/search?k=0", photo(), ProblemDetail.class).getStatusCode())
        .isEqualTo(HttpStatus.BAD_REQUEST);
  }
}
