package io.github.nolabel.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images with one caption each; an image comes once per caption.
 *
 * @param images one per text
 */
public record CaptionPairs(ImageDataset images, List<String> texts) {

  public CaptionPairs {
    texts = List.copyOf(texts);
  }

  /**
   * All captions if there are no more than {@code most}; otherwise first captions alone, of images
   * that lie evenly among all of them.
   */
  public static CaptionPairs of(ImageDataset images, int most) {
    int size = images.size();
    long all = IntStream.range(0, size).mapToLong(i -> images.captions(i).size()).sum();
    int chosen = all <= most ? size : Math.min(size, most);
    int[] indices = IntStream.range(0, chosen).map(i -> (int) ((long) i * size / chosen)).toArray();
    return of(JoinedImages.choose(images, indices), all <= most);
  }

  private static CaptionPairs of(ImageDataset images, boolean all) {
    List<Integer> indices = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      List<String> captions = images.captions(i);
      for (String text :
          captions.subList(0, Math.min(captions.size(), all ? captions.size() : 1))) {
        indices.add(i);
        texts.add(text);
      }
    }
    int[] places = indices.stream().mapToInt(Integer::intValue).toArray();
    return new CaptionPairs(JoinedImages.choose(images, places), texts);
  }
}
