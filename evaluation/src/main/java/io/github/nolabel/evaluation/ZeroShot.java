package io.github.nolabel.evaluation;

import io.github.nolabel.api.Require;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Classifies images by nothing but the classes' names (Radford et al. 2021, arXiv 2103.00020): the
 * class whose prompts are nearest to the image is the guess. The vector of a class is {@code
 * unit(mean over its prompts of unit(text features))}.
 *
 * @param classes names; underscores and dashes are read as blanks, and no two may read the same
 * @param templates sentences with {@code {}} where the class's name goes
 */
public record ZeroShot(List<String> classes, List<String> templates) {

  /** Sentences that suit most pictures. */
  public static final List<String> TEMPLATES =
      List.of("{}", "a photo of a {}.", "a picture of a {}.", "a drawing of a {}.");

  private static final String NAME = "{}";

  public ZeroShot {
    classes = List.copyOf(classes);
    templates = List.copyOf(templates);
    Require.that(!classes.isEmpty(), "Zero-shot classification needs at least one class.");
    Require.that(!templates.isEmpty(), "Zero-shot classification needs at least one template.");
    for (String template : templates) {
      Require.that(
          template.contains(NAME),
          "The template '%s' has no {} for the class's name.".formatted(template));
    }
    Set<String> read = new HashSet<>();
    for (String name : classes) {
      Require.that(!spoken(name).isEmpty(), "The class '%s' has no name.".formatted(name));
      Require.that(read.add(spoken(name)), "There are two classes '%s'.".formatted(spoken(name)));
    }
  }

  /** With the {@link #TEMPLATES} that suit most pictures. */
  public ZeroShot(List<String> classes) {
    this(classes, TEMPLATES);
  }

  /**
   * How the guesses did.
   *
   * @param top1 share of images whose class is the best guess, in [0, 1]; NaN without images
   * @param topK share of images whose class is among the k best guesses
   * @param perClass {@code top1} of each class's images; NaN for a class without images
   * @param chance {@code 1 / classes}, what guessing blindly is expected to reach for {@code top1}
   */
  public record Result(double top1, double topK, List<Double> perClass, double chance) {

    public Result {
      perClass = List.copyOf(perClass);
    }
  }

  /** The texts to embed: the first class in all templates, then the second, and so on. */
  public List<String> prompts() {
    return classes.stream()
        .flatMap(name -> templates.stream().map(template -> template.replace(NAME, spoken(name))))
        .toList();
  }

  /**
   * One direction per class, of length one; zero if the prompts of a class cancel out.
   *
   * @param promptFeatures a row for each of the {@link #prompts()}
   */
  public FeatureMatrix classVectors(FeatureMatrix promptFeatures) {
    int prompts = classes.size() * templates.size();
    Require.that(
        promptFeatures.rows() == prompts,
        "%d rows of features for %d prompts".formatted(promptFeatures.rows(), prompts));
    int width = promptFeatures.width();
    float[] unit = promptFeatures.unitRows().values();
    float[] means = new float[classes.size() * width];
    for (int i = 0; i < unit.length; i++) {
      means[i / width / templates.size() * width + i % width] += unit[i] / templates.size();
    }
    return FeatureMatrix.of(width, means).unitRows();
  }

  /**
   * Counts the images whose class is the best guess or among the {@code topK} best. A class that is
   * as near as the right one counts as a better guess, as in {@link Retrieval}.
   *
   * @param promptFeatures a row for each of the {@link #prompts()}
   * @param labels of the images, indices into the classes
   */
  public Result of(
      FeatureMatrix images, FeatureMatrix promptFeatures, List<Integer> labels, int topK) {
    Require.positive("topK", topK);
    Require.that(
        images.rows() == labels.size(),
        "%d rows of features for %d labels".formatted(images.rows(), labels.size()));
    labels.forEach(this::checkLabel);
    Ranking ranking = Ranking.ofDirections(images, classVectors(promptFeatures));
    int[] ranks =
        IntStream.range(0, labels.size())
            .parallel()
            .map(image -> ranking.rank(image, new int[] {labels.get(image)}))
            .toArray();
    List<Double> perClass =
        IntStream.range(0, classes.size())
            .mapToObj(label -> share(ranks, 1, image -> labels.get(image) == label))
            .toList();
    return new Result(
        share(ranks, 1, image -> true),
        share(ranks, topK, image -> true),
        perClass,
        1.0 / classes.size());
  }

  /** Images of rank at most {@code k} over all images, of those that {@code counted} holds for. */
  private static double share(int[] ranks, int k, IntPredicate counted) {
    return IntStream.range(0, ranks.length)
        .filter(counted)
        .mapToDouble(image -> ranks[image] <= k ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  private void checkLabel(int label) {
    Require.that(
        label >= 0 && label < classes.size(),
        "Label %d of %d classes".formatted(label, classes.size()));
  }

  private static String spoken(String name) {
    return name.replace('_', ' ').replace('-', ' ').strip();
  }
}
