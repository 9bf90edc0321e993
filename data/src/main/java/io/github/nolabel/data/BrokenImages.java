package io.github.nolabel.data;

import io.github.nolabel.api.UserMistake;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** The broken images of a collection that were met so far, and what is wrong with each. */
public final class BrokenImages {

  private static final int TOLD = 3;

  private final ConcurrentSkipListMap<Integer, String> faults = new ConcurrentSkipListMap<>();

  /** Whether {@code use} went well; if the image turns out to be broken, that is remembered. */
  public boolean allows(int index, Runnable use) {
    try {
      use.run();
      return true;
    } catch (BrokenImageException broken) {
      add(index, broken);
      return false;
    }
  }

  public void add(int index, BrokenImageException broken) {
    faults.put(index, String.valueOf(broken.getMessage()));
  }

  public boolean contains(int index) {
    return faults.containsKey(index);
  }

  /** What is wrong with each, by index. The map's own count may lag behind its entries. */
  public List<String> faults() {
    return List.copyOf(faults.values());
  }

  /**
   * A reason not to go on: every image is broken.
   *
   * @param which images they are and where from, such as "training images"
   */
  public UserMistake none(String which) {
    List<String> reasons = faults();
    int more = reasons.size() - TOLD;
    return new UserMistake(
        "None of the %,d %s can be read. %s%s Whole files of PNG, JPEG, WebP, BMP or GIF are needed: see whether another program opens these."
            .formatted(
                reasons.size(),
                which,
                reasons.stream().limit(TOLD).collect(Collectors.joining(" ")),
                more > 0 ? " (%,d more.)".formatted(more) : ""));
  }
}
