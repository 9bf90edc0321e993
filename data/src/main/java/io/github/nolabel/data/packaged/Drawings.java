package io.github.nolabel.data.packaged;

import io.github.nolabel.data.RgbImage;
import java.util.List;

/**
 * Every concept in every style.
 *
 * @param size width and height of every image
 * @param concepts names, in alphabetical order
 * @param groups names of the groups, in alphabetical order
 * @param groupOf the group of each concept
 * @param images concept by concept, in the order of {@link Style}
 */
record Drawings(
    int size,
    List<String> concepts,
    List<String> groups,
    List<Integer> groupOf,
    List<RgbImage> images) {

  static final int STYLES = Style.ALL.size();

  Drawings {
    concepts = List.copyOf(concepts);
    groups = List.copyOf(groups);
    groupOf = List.copyOf(groupOf);
    images = List.copyOf(images);
  }
}
