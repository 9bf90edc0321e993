package io.github.nolabel.data;

import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.evaluation.NeighbourQuestion;
import io.github.nolabel.evaluation.NeighbourRound;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The ordinary protocol. With labels: {@code accuracy} with 20 neighbours; up to 2,000 held-out
 * images ask, up to 5,000 training images answer. Where some class has two held-out images, they
 * ask each other, too, as {@code unseenAccuracy}: with 20 neighbours, or fewer where a class has
 * fewer on average. Held out is the source's own test split if it has one with labels that training
 * knows, else a tenth of every class; classifiers are tested on all of it. Without labels, or with
 * one image of every class: training gets everything that is no test image, and nothing is asked;
 * where there is no test split, a tenth of the images with captions is held out to be described.
 *
 * @param test has the label names of {@code training}
 * @param rest images that are neither learnt from nor asked about; has the same label names
 * @param fingerprint SHA-256 of the content
 */
public record SplitImages(
    ImageDataset training,
    Optional<ImageDataset> test,
    Optional<ImageDataset> rest,
    String fingerprint)
    implements SourceImages {

  static final int QUERIES = 2000;
  static final int GALLERY = 5000;
  static final int NEIGHBOURS = 20;

  /** The same for every run, so that no run trains on what another holds out. */
  private static final long PROTOCOL_SEED = 20_180_501;

  /** All images are learnt from or asked about. */
  public SplitImages(ImageDataset training, Optional<ImageDataset> test, String fingerprint) {
    this(training, test, Optional.empty(), fingerprint);
  }

  @Override
  public ImageDataset all() {
    return Stream.concat(test.stream(), rest.stream()).reduce(training, JoinedImages::join);
  }

  @Override
  public Dataset dataset(String source, DatasetSettings settings) {
    int[] labelled = labelled(training);
    if (classes(training, labelled) < 2) {
      return unasked(source, settings);
    }
    int[] asking = test.map(this::askable).orElse(new int[0]);
    return asking.length > 0
        ? asked(source, training, JoinedImages.choose(test.orElseThrow(), asking), settings)
        : tenthHeldOut(source, labelled, settings);
  }

  private Dataset unasked(String source, DatasetSettings settings) {
    int[] held = test.isPresent() ? new int[0] : Captions.tenth(training, PROTOCOL_SEED);
    ImageDataset rest = test.orElseGet(() -> JoinedImages.choose(training, held));
    ImageDataset learnable =
        held.length == 0 ? training : JoinedImages.choose(training, without(held));
    return new Dataset(
        source,
        limited(learnable, settings),
        new HeldOut(rest, List.of(), List.of()),
        Optional.empty(),
        Captions.described(rest),
        fingerprint(settings));
  }

  private Dataset tenthHeldOut(String source, int[] labelled, DatasetSettings settings) {
    int[] held = Stratified.share(labels(training, labelled), 0.1, PROTOCOL_SEED);
    if (held.length == 0) {
      return unasked(source, settings);
    }
    int[] heldOut = IntStream.of(held).map(i -> labelled[i]).toArray();
    return asked(
        source,
        JoinedImages.choose(training, without(heldOut)),
        JoinedImages.choose(training, heldOut),
        settings);
  }

  private int[] without(int... heldOut) {
    boolean[] isHeldOut = new boolean[training.size()];
    IntStream.of(heldOut).forEach(i -> isHeldOut[i] = true);
    return IntStream.range(0, training.size()).filter(i -> !isHeldOut[i]).toArray();
  }

  private Dataset asked(
      String source, ImageDataset learnable, ImageDataset asking, DatasetSettings settings) {
    ImageDataset learnt = limited(learnable, settings);
    ImageDataset gallery = sample(learnt, GALLERY);
    ImageDataset queries = sample(asking, QUERIES);
    ImageDataset images = JoinedImages.join(gallery, queries);
    List<Integer> labels =
        IntStream.range(0, images.size()).mapToObj(i -> images.label(i).orElseThrow()).toList();
    NeighbourRound round =
        new NeighbourRound(
            IntStream.range(gallery.size(), images.size()).boxed().toList(),
            IntStream.range(0, gallery.size()).boxed().toList());
    return new Dataset(
        source,
        learnt,
        new HeldOut(images, questions(labels, queries), List.of(round)),
        Optional.of(new LabelledSplit(JoinedImages.choose(learnt, labelled(learnt)), asking)),
        Captions.described(asking),
        fingerprint(settings));
  }

  private static List<NeighbourQuestion> questions(List<Integer> labels, ImageDataset queries) {
    NeighbourQuestion seen = new NeighbourQuestion("accuracy", labels, NEIGHBOURS);
    long classes = classes(queries, labelled(queries));
    if (classes == queries.size()) {
      return List.of(seen);
    }
    int others = Math.max(1, (int) (queries.size() / classes) - 1);
    int voting = Math.min(NEIGHBOURS, others);
    return List.of(seen, new NeighbourQuestion("unseenAccuracy", labels, voting, true));
  }

  /** Test images whose label some training image has too. */
  private int[] askable(ImageDataset images) {
    boolean[] known = new boolean[training.labelNames().size()];
    IntStream.of(labels(training, labelled(training))).forEach(label -> known[label] = true);
    return IntStream.of(labelled(images))
        .filter(i -> known[images.label(i).orElseThrow()])
        .toArray();
  }

  private static ImageDataset sample(ImageDataset images, int limit) {
    int[] labelled = labelled(images);
    int[] chosen = Stratified.atMost(labels(images, labelled), limit, PROTOCOL_SEED);
    return JoinedImages.choose(images, IntStream.of(chosen).map(i -> labelled[i]).toArray());
  }

  private static ImageDataset limited(ImageDataset images, DatasetSettings settings) {
    return Limits.apply(images, settings);
  }

  private String fingerprint(DatasetSettings settings) {
    return new Fingerprint()
        .add(fingerprint)
        .add(settings.limit())
        .add(settings.limit() == 0 ? 0 : settings.seed())
        .hex();
  }

  private static int[] labelled(ImageDataset images) {
    return IntStream.range(0, images.size()).filter(i -> images.label(i).isPresent()).toArray();
  }

  private static int[] labels(ImageDataset images, int[] indices) {
    return IntStream.of(indices).map(i -> images.label(i).orElseThrow()).toArray();
  }

  private static long classes(ImageDataset images, int[] labelled) {
    return IntStream.of(labels(images, labelled)).distinct().count();
  }
}
