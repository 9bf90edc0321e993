package io.github.nolabel.data.packaged;

import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.HeldOut;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.LabelledSplit;
import io.github.nolabel.data.Limits;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.Stratified;
import io.github.nolabel.evaluation.NeighbourQuestion;
import io.github.nolabel.evaluation.NeighbourRound;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The protocol of the packaged set: does the backbone find the same thing drawn by another hand? A
 * tenth of the concepts of every group is held out, the same for every run. Training sees the
 * others in all four styles. Each style in turn asks for its held-out concepts among the other
 * three: is the nearest image the same concept ({@code sameConcept}, the headline), and is it of
 * the same group ({@code sameGroup}; the same concept counts, too)? Classifiers learn the groups.
 */
record PackagedImages(Drawings drawings) implements SourceImages {

  /** The same for every run, so that no run trains on what another holds out. */
  private static final long PROTOCOL_SEED = 1518;

  private static final double HELD_OUT = 0.1;

  @Override
  public ImageDataset all() {
    return new DrawnImages(drawings, IntStream.range(0, drawings.concepts().size()).toArray());
  }

  @Override
  public Dataset dataset(String source, DatasetSettings settings) {
    int[] heldOut = heldOutConcepts();
    int[] learnt =
        IntStream.range(0, drawings.concepts().size())
            .filter(concept -> Arrays.binarySearch(heldOut, concept) < 0)
            .toArray();
    ImageDataset training = Limits.apply(new DrawnImages(drawings, learnt), settings);
    return new Dataset(
        source,
        training,
        questions(heldOut),
        Optional.of(new LabelledSplit(training, new DrawnImages(drawings, heldOut))),
        Optional.of(new DrawnImages(drawings, heldOut)),
        fingerprint(training));
  }

  private int[] heldOutConcepts() {
    int[] groups = drawings.groupOf().stream().mapToInt(Integer::intValue).toArray();
    return Stratified.share(groups, HELD_OUT, PROTOCOL_SEED);
  }

  private HeldOut questions(int[] heldOut) {
    ImageDataset images = new DrawnImages(drawings, heldOut);
    List<Integer> concepts =
        IntStream.range(0, images.size()).mapToObj(i -> i / Drawings.STYLES).toList();
    List<Integer> groups =
        IntStream.range(0, images.size()).mapToObj(i -> images.label(i).orElseThrow()).toList();
    return new HeldOut(
        images,
        List.of(
            new NeighbourQuestion("sameConcept", concepts, 1),
            new NeighbourQuestion("sameGroup", groups, 1)),
        IntStream.range(0, Drawings.STYLES)
            .mapToObj(style -> round(style, images.size()))
            .toList());
  }

  private static NeighbourRound round(int style, int images) {
    return new NeighbourRound(
        IntStream.range(0, images).filter(i -> i % Drawings.STYLES == style).boxed().toList(),
        IntStream.range(0, images).filter(i -> i % Drawings.STYLES != style).boxed().toList());
  }

  /** SHA-256 of names and pixels. */
  static String fingerprint(ImageDataset training) {
    Fingerprint fingerprint = new Fingerprint();
    for (int i = 0; i < training.size(); i++) {
      RgbImage image = training.image(i);
      fingerprint.add(training.name(i)).add(image.rgb());
    }
    return fingerprint.hex();
  }
}
