package io.github.nolabel.data.packaged;

import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.HeldOut;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.JoinedImages;
import io.github.nolabel.data.LabelledSplit;
import io.github.nolabel.data.Limits;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.evaluation.NeighbourQuestion;
import io.github.nolabel.evaluation.NeighbourRound;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The other protocol of the packaged set: does the backbone know things again in a hand it has
 * never seen? Training sees every concept, and its name, in three styles; the fourth is held out.
 * Each of its drawings asks among all drawings of the three, whatever the limit: is the nearest the
 * same concept ({@code sameConcept}, the headline), is it of the same group ({@code sameGroup})?
 * And is the nearest of the others of the fourth, which has every concept once, of the same group
 * ({@code unseenSameGroup})?
 */
record HeldOutStyle(Drawings drawings, Style style) implements SourceImages {

  @Override
  public ImageDataset all() {
    return images(Style.ALL);
  }

  @Override
  public Dataset dataset(String source, DatasetSettings settings) {
    List<Style> others = Style.ALL.stream().filter(other -> other != style).toList();
    ImageDataset seen = images(others);
    ImageDataset unseen = images(List.of(style));
    ImageDataset training = Limits.apply(seen, settings);
    return new Dataset(
        source,
        training,
        questions(seen, others.size(), unseen),
        Optional.of(new LabelledSplit(training, unseen)),
        Optional.of(unseen),
        PackagedImages.fingerprint(training));
  }

  private ImageDataset images(List<Style> styles) {
    int[] concepts = IntStream.range(0, drawings.concepts().size()).toArray();
    return new DrawnImages(drawings, styles, concepts);
  }

  private static HeldOut questions(ImageDataset seen, int styles, ImageDataset unseen) {
    ImageDataset images = JoinedImages.join(seen, unseen);
    List<Integer> concepts =
        IntStream.range(0, images.size())
            .mapToObj(i -> i < seen.size() ? i / styles : i - seen.size())
            .toList();
    List<Integer> groups =
        IntStream.range(0, images.size()).mapToObj(i -> images.label(i).orElseThrow()).toList();
    NeighbourRound round =
        new NeighbourRound(
            IntStream.range(seen.size(), images.size()).boxed().toList(),
            IntStream.range(0, seen.size()).boxed().toList());
    return new HeldOut(
        images,
        List.of(
            new NeighbourQuestion("sameConcept", concepts, 1),
            new NeighbourQuestion("sameGroup", groups, 1),
            new NeighbourQuestion("unseenSameGroup", groups, 1, true)),
        List.of(round));
  }
}
