package io.github.nolabel.data.packaged;

import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import java.util.List;
import java.util.OptionalInt;

/** Some styles of some concepts, concept by concept; the label is the group. */
final class DrawnImages implements ImageDataset {

  private final Drawings drawings;
  private final List<Style> styles;
  private final int[] concepts;

  /**
   * @param concepts indices into the drawings' concepts
   */
  DrawnImages(Drawings drawings, int... concepts) {
    this(drawings, Style.ALL, concepts);
  }

  /** The same in these styles only. */
  DrawnImages(Drawings drawings, List<Style> styles, int... concepts) {
    this.drawings = drawings;
    this.styles = List.copyOf(styles);
    this.concepts = concepts.clone();
  }

  @Override
  public int size() {
    return concepts.length * styles.size();
  }

  @Override
  public RgbImage image(int index) {
    return drawings
        .images()
        .get(concept(index) * Drawings.STYLES + Style.ALL.indexOf(style(index)));
  }

  @Override
  public OptionalInt label(int index) {
    return OptionalInt.of(drawings.groupOf().get(concept(index)));
  }

  @Override
  public List<String> labelNames() {
    return drawings.groups();
  }

  @Override
  public String name(int index) {
    return style(index).set() + "/" + conceptName(index);
  }

  @Override
  public List<String> captions(int index) {
    return List.of(conceptName(index).replace('-', ' '));
  }

  private String conceptName(int index) {
    return drawings.concepts().get(concept(index));
  }

  private int concept(int index) {
    return concepts[index / styles.size()];
  }

  private Style style(int index) {
    return styles.get(index % styles.size());
  }
}
