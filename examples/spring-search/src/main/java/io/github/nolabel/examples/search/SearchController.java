package io.github.nolabel.examples.search;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.inference.ExportedBackbone;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes the bytes of a photo. */
@RestController
public class SearchController {

  private static final int LARGEST = 32 << 20;

  private final ExportedBackbone backbone;
  private final PhotoIndex photos;

  public SearchController(ExportedBackbone backbone, PhotoIndex photos) {
    this.backbone = backbone;
    this.photos = photos;
  }

  /** The features of the photo, of length one. */
  @PostMapping("/embed")
  public Map<String, float[]> embed(InputStream photo) throws IOException {
    return Map.of("features", features(photo));
  }

  /** The photos of the folder that look most like it. */
  @PostMapping("/search")
  public List<PhotoIndex.Hit> search(InputStream photo, @RequestParam(defaultValue = "10") int k)
      throws IOException {
    if (k < 1) {
      throw new UserMistake("k must be at least 1, got " + k);
    }
    return photos.nearest(features(photo), k);
  }

  @ExceptionHandler
  ProblemDetail mistake(UserMistake mistake) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, mistake.getMessage());
  }

  /** By way of a file, which is turned as its EXIF block says. */
  private float[] features(InputStream photo) throws IOException {
    byte[] bytes = photo.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new UserMistake("A photo may have at most %,d bytes.".formatted(LARGEST));
    }
    Path file = Files.createTempFile("photo", ".tmp");
    try {
      Files.write(file, bytes);
      return PhotoIndex.unit(backbone.embed(file));
    } finally {
      Files.delete(file);
    }
  }
}
