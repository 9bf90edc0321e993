package io.github.nolabel.examples.search;

import io.github.nolabel.inference.ExportedBackbone;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * Finds photos of a folder: {@link SearchController} is what others see. Spring closes the backbone
 * when the application ends. Paths are taken as texts: Spring reads a {@code Path} as a resource
 * and refuses {@code ../photos}.
 */
@SpringBootApplication
public class SearchApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(SearchApplication.class, arguments);
  }

  @Bean
  ExportedBackbone backbone(@Value("${nolabel.model}") String file) {
    return ExportedBackbone.open(Path.of(file));
  }

  @Bean
  PhotoIndex photos(ExportedBackbone backbone, @Value("${nolabel.photos}") String folder)
      throws IOException {
    return PhotoIndex.of(backbone, Path.of(folder));
  }
}
