package io.github.nolabel.evaluation;

import io.github.nolabel.api.Require;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a classifier did on a test set, by exact counts.
 *
 * @param classes names, in the order of rows and columns
 * @param confusion images of the row's class that were taken for the column's
 * @param topK how many guesses {@code topKCorrect} allows
 * @param topKCorrect images whose class is among the {@code topK} best guesses
 */
public record Classification(
    List<String> classes, List<List<Long>> confusion, int topK, long topKCorrect) {

  public Classification {
    classes = List.copyOf(classes);
    confusion = confusion.stream().map(List::copyOf).toList();
    Require.that(confusion.size() == classes.size(), "a row of the confusion matrix per class");
  }

  /**
   * One class of the test set.
   *
   * @param recall share of its images that were recognised; NaN if there are none
   * @param precision share of the guesses for it that were right; NaN if there were none
   */
  public record PerClass(String name, long images, long correct, double recall, double precision) {}

  public long images() {
    return confusion.stream().flatMap(List::stream).mapToLong(Long::longValue).sum();
  }

  public long correct() {
    return IntStream.range(0, classes.size()).mapToLong(this::correct).sum();
  }

  /** Correct images over all images, in [0, 1]. */
  public double accuracy() {
    return ratio(correct(), images());
  }

  /** Images whose class is among the {@link #topK()} best guesses over all images, in [0, 1]. */
  public double topKAccuracy() {
    return ratio(topKCorrect, images());
  }

  /** In the order of {@link #classes()}. */
  public List<PerClass> perClass() {
    return IntStream.range(0, classes.size()).mapToObj(this::perClass).toList();
  }

  private PerClass perClass(int index) {
    long images = confusion.get(index).stream().mapToLong(Long::longValue).sum();
    long guesses = confusion.stream().mapToLong(row -> row.get(index)).sum();
    long correct = correct(index);
    return new PerClass(
        classes.get(index), images, correct, ratio(correct, images), ratio(correct, guesses));
  }

  private long correct(int index) {
    return confusion.get(index).get(index);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }
}
