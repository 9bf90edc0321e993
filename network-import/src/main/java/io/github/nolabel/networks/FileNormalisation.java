package io.github.nolabel.networks;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.networks.file.OnnxFile;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The statistics of colours that a network expects.
 *
 * @param source what said so, for people
 */
record FileNormalisation(Normalisation normalisation, String source) {

  private static final double LARGEST_BYTE = 255;
  private static final String MEAN = "nolabel.preprocessing.mean";
  private static final String STD = "nolabel.preprocessing.std";

  /**
   * What the user wants, else what the file's metadata says.
   *
   * @param wanted as {@link Normalisation#parse} reads it; empty for no wish
   */
  static Optional<FileNormalisation> of(OnnxFile file, String wanted) {
    if (!wanted.isEmpty()) {
      return Optional.of(new FileNormalisation(Normalisation.parse(wanted), "as you said"));
    }
    String mean = file.metadata().get(MEAN);
    String std = file.metadata().get(STD);
    if (mean == null || std == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new FileNormalisation(Normalisation.parse(mean + "/" + std), "as the file says"));
    } catch (UserMistake e) {
      throw new UserMistake(
          "%s says in its metadata that colours have mean '%s' and deviation '%s', which cannot be read. Set backbone.normalisation."
              .formatted(file.parts().get(0), mean, std),
          e);
    }
  }

  /** Images of 0 to 255. */
  static FileNormalisation ofBytes(String why) {
    return new FileNormalisation(
        new Normalisation(Collections.nCopies(3, 0.0), Collections.nCopies(3, 1.0 / LARGEST_BYTE)),
        "to 0..255, " + why);
  }

  String note() {
    return "Colours are normalised %s: mean %s, deviation %s."
        .formatted(source, text(normalisation.mean()), text(normalisation.std()));
  }

  private static String text(List<Double> numbers) {
    return String.join(", ", numbers.stream().map(String::valueOf).toList());
  }
}
