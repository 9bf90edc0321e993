package io.github.nolabel.data.packaged;

import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import java.util.List;
import java.util.OptionalInt;

/** All styles of some concepts, concept by concept; the label is the group. */
final class DrawnImages implements ImageDataset {

  private final Drawings drawings;
  private final int[] concepts;

  /**
   * @param concepts indices into the drawings' concepts
   */
  DrawnImages(Drawings drawings, int... concepts) {
    this.drawings = drawings;
    this.concepts = concepts.clone();
  }

  @Override
  public int size() {
    return concepts.length * Drawings.STYLES;
  }

  @Override
  public RgbImage image(int index) {
    return drawings.images().get(concept(index) * Drawings.STYLES + index % Drawings.STYLES);
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
    return Style.ALL.get(index % Drawings.STYLES).set() + "/" + conceptName(index);
  }

  @Override
  public List<String> captions(int index) {
    return List.of(conceptName(index).replace('-', ' '));
  }

  private String conceptName(int index) {
    return drawings.concepts().get(concept(index));
  }

  private int concept(int index) {
    return concepts[index / Drawings.STYLES];
  }
}
