package io.github.nolabel.examples;

import io.github.nolabel.inference.ExportedCaptioner;
import io.github.nolabel.inference.generate.Generation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints what images show, by what a run such as simvlm exported. */
public final class CaptionImages {

  private CaptionImages() {}

  /**
   * The likeliest words for each image.
   *
   * @param decoder the {@code decoder.onnx} of the run; its {@code tokenizer.json} lies beside it
   */
  public static Map<Path, String> captions(Path decoder, List<Path> images) {
    Map<Path, String> captions = new LinkedHashMap<>();
    try (ExportedCaptioner captioner = ExportedCaptioner.open(decoder)) {
      images.forEach(image -> captions.put(image, captioner.caption(image, Generation.DEFAULTS)));
    }
    return captions;
  }

  /** DECODER.onnx IMAGE... */
  public static void main(String[] arguments) {
    List<Path> images = Arrays.stream(arguments).skip(1).map(Path::of).toList();
    captions(Path.of(arguments[0]), images)
        .forEach((image, caption) -> System.out.println(image + ": " + caption));
  }
}
