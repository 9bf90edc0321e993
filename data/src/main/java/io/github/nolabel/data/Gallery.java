package io.github.nolabel.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Images and texts that are to find each other. Equal texts are one: it belongs to every image that
 * has it.
 *
 * @param texts in the order in which they are first met
 * @param textsOf for each image, which of the texts are its captions
 */
public record Gallery(ImageDataset images, List<String> texts, List<List<Integer>> textsOf) {

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]+");

  public Gallery {
    texts = List.copyOf(texts);
    textsOf = List.copyOf(textsOf);
  }

  /**
   * The share of texts of which at least one word is in a caption of {@code training}, in [0, 1]:
   * no method can find a text whose words it has never seen. Words are runs of letters and digits,
   * in lower case.
   */
  public double familiar(ImageDataset training) {
    Set<String> known = new HashSet<>();
    for (int i = 0; i < training.size(); i++) {
      training.captions(i).forEach(caption -> known.addAll(words(caption)));
    }
    return texts.stream()
        .mapToDouble(text -> words(text).stream().anyMatch(known::contains) ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  private static List<String> words(String text) {
    return NO_WORD
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** All captions of all {@code images}. */
  public static Gallery of(ImageDataset images) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    List<List<Integer>> textsOf = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      List<Integer> own = new ArrayList<>();
      for (String caption : images.captions(i)) {
        own.add(numbers.computeIfAbsent(caption, text -> numbers.size()));
      }
      textsOf.add(List.copyOf(own));
    }
    return new Gallery(images, List.copyOf(numbers.keySet()), textsOf);
  }
}
