package io.github.nolabel.api.view;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Suggestions;
import java.util.Arrays;
import java.util.List;

/** {@code (x - mean) / std} per channel, on values in [0, 1]. */
public record Normalisation(List<Double> mean, List<Double> std) {

  /** The statistics of ImageNet, used everywhere by habit. */
  public static final Normalisation IMAGENET =
      new Normalisation(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  private static final Normalisation HALF =
      new Normalisation(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));

  public Normalisation {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    Require.that(mean.size() == 3 && std.size() == 3, "mean and std need three values each");
    std.forEach(s -> Require.within("std", s, 1e-6, 1e6));
  }

  /**
   * Reads {@code imagenet}, {@code half} (0.5 everywhere, as many transformers have it) or {@code
   * R,G,B/R,G,B}, the means and then the deviations.
   *
   * @throws io.github.nolabel.api.UserMistake if it is none of these
   */
  public static Normalisation parse(String text) {
    if (Suggestions.fold(text).equals("imagenet")) {
      return IMAGENET;
    }
    if (Suggestions.fold(text).equals("half")) {
      return HALF;
    }
    String number = "[-+0-9.eE]+";
    String three = number + "," + number + "," + number;
    String plain = text.replace(" ", "");
    Require.that(plain.matches(three + "/" + three), unreadable(text));
    int slash = plain.indexOf('/');
    return new Normalisation(
        numbers(plain.substring(0, slash), text), numbers(plain.substring(slash + 1), text));
  }

  private static List<Double> numbers(String list, String text) {
    try {
      return Arrays.stream(list.split(",", -1)).map(Double::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new UserMistake(unreadable(text), e);
    }
  }

  private static String unreadable(String text) {
    return "'%s' is no normalisation, expected imagenet, half or R,G,B/R,G,B, such as 0.5,0.5,0.5/0.5,0.5,0.5.%s"
        .formatted(text, Suggestions.didYouMean(text, List.of("imagenet", "half")));
  }
}
