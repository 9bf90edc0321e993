package io.github.nolabel.data;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How much is said about images.
 *
 * @param captioned how many images have a caption
 * @param captions how many captions they have in all
 * @param distinct how many of these are different
 */
public record CaptionCounts(int captioned, int captions, int distinct) {

  /** Those of {@code images}. */
  public static CaptionCounts of(ImageDataset images) {
    Set<String> different = new HashSet<>();
    int captioned = 0;
    int captions = 0;
    for (int i = 0; i < images.size(); i++) {
      List<String> own = images.captions(i);
      captioned += own.isEmpty() ? 0 : 1;
      captions += own.size();
      different.addAll(own);
    }
    return new CaptionCounts(captioned, captions, different.size());
  }
}
