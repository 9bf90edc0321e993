package io.github.nolabel.examples;

import io.github.nolabel.inference.ExportedBackbone;
import io.github.nolabel.inference.ExportedTexts;
import io.github.nolabel.inference.ImageSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Prints the photos of a folder that fit a text best, by what a run with captions exported. */
public final class TextSearch {

  private static final int SHOWN = 10;

  private TextSearch() {}

  /**
   * @param image the {@code image.onnx} of the run
   * @param text its {@code text.onnx}
   * @param tokenizer its {@code tokenizer.json}
   */
  public static List<ImageSearch.Hit> search(
      Path image, Path text, Path tokenizer, Path photos, String query) throws IOException {
    try (ExportedBackbone images = ExportedBackbone.open(image);
        ExportedTexts texts = ExportedTexts.open(text, tokenizer)) {
      ImageSearch search = ImageSearch.over(images, files(photos));
      search.skipped().forEach(skipped -> System.err.println(skipped.reason()));
      return search.find(texts, query, SHOWN);
    }
  }

  /** RUN PHOTOS QUERY, or IMAGE.onnx TEXT.onnx TOKENIZER.json PHOTOS QUERY. */
  public static void main(String[] arguments) throws IOException {
    boolean run = arguments.length == 3;
    Path first = Path.of(arguments[0]);
    Path image = run ? first.resolve("image.onnx") : first;
    Path text = run ? first.resolve("text.onnx") : Path.of(arguments[1]);
    Path tokenizer = run ? first.resolve("tokenizer.json") : Path.of(arguments[2]);
    Path photos = Path.of(arguments[arguments.length - 2]);
    search(image, text, tokenizer, photos, arguments[arguments.length - 1])
        .forEach(hit -> System.out.printf(Locale.ROOT, "%.3f %s%n", hit.cosine(), hit.image()));
  }

  private static List<Path> files(Path photos) throws IOException {
    try (Stream<Path> files = Files.walk(photos)) {
      return files
          .filter(
              file ->
                  file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g|webp|bmp|gif)"))
          .sorted()
          .toList();
    }
  }
}
