package io.github.nolabel.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Images and texts that are to find each other. Equal texts are one: it belongs to every image that
 * has it.
 *
 * @param texts in the order in which they are first met
 * @param textsOf for each image, which of the texts are its captions
 */
public record Gallery(ImageDataset images, List<String> texts, List<List<Integer>> textsOf) {

  public Gallery {
    texts = List.copyOf(texts);
    textsOf = List.copyOf(textsOf);
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
