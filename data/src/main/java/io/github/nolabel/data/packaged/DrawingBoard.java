package io.github.nolabel.data.packaged;

import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.packaged.IconSet.Icon;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Draws what all four styles have a name for. */
final class DrawingBoard {

  private final List<IconSet> sets;
  private final List<String> concepts;

  private DrawingBoard(List<IconSet> sets) {
    this.sets = sets;
    TreeSet<String> shared = new TreeSet<>(sets.get(0).categories().keySet());
    sets.forEach(set -> shared.retainAll(set.icons().keySet()));
    this.concepts = List.copyOf(shared);
  }

  /** Reads and draws on all processors. */
  static Drawings draw(IconJar jar, int size) {
    List<IconSet> sets = Style.ALL.parallelStream().map(jar::read).toList();
    return new DrawingBoard(sets).draw(size);
  }

  private Drawings draw(int size) {
    ThreadLocal<SvgRenderer> renderers = ThreadLocal.withInitial(() -> new SvgRenderer(size));
    List<RgbImage> images =
        IntStream.range(0, concepts.size() * Drawings.STYLES)
            .parallel()
            .mapToObj(index -> draw(renderers.get(), index, size))
            .toList();
    List<String> groups = concepts.stream().map(this::group).distinct().sorted().toList();
    List<Integer> groupOf = concepts.stream().map(this::group).map(groups::indexOf).toList();
    return new Drawings(size, concepts, groups, groupOf, images);
  }

  private RgbImage draw(SvgRenderer renderer, int index, int size) {
    String concept = concepts.get(index / Drawings.STYLES);
    IconSet set = sets.get(index % Drawings.STYLES);
    Icon icon = set.icons().get(concept);
    if (icon == null) {
      throw new IllegalStateException("a concept is drawn in every style: " + concept);
    }
    return RgbImage.of(size, size, renderer.draw(concept, icon));
  }

  /** The first style's categories are the groups. */
  private String group(String concept) {
    return sets.get(0).categories().getOrDefault(concept, "");
  }
}
