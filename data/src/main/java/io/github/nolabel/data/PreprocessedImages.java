package io.github.nolabel.data;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.view.CounterRandom;
import io.github.nolabel.data.view.ViewRenderer;
import io.github.nolabel.evaluation.EvaluationSet;
import io.github.nolabel.evaluation.NeighbourQuestion;
import io.github.nolabel.evaluation.NeighbourRound;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Renders held-out images batch by batch. */
final class PreprocessedImages implements EvaluationSet {

  private final HeldOut heldOut;
  private final int imageSize;
  private final ThreadLocal<ViewRenderer> renderers;
  private final long seed;
  private final long epoch;

  /**
   * @param renderer for one thread
   * @param seed what is random follows from seed, epoch and index
   */
  PreprocessedImages(
      HeldOut heldOut, int imageSize, Supplier<ViewRenderer> renderer, long seed, long epoch) {
    this.heldOut = heldOut;
    this.imageSize = imageSize;
    this.renderers = ThreadLocal.withInitial(renderer);
    this.seed = seed;
    this.epoch = epoch;
  }

  @Override
  public int size() {
    return heldOut.images().size();
  }

  @Override
  public List<NeighbourQuestion> questions() {
    return heldOut.questions();
  }

  @Override
  public List<NeighbourRound> rounds() {
    return heldOut.rounds();
  }

  @Override
  public Iterable<Tensor> batches(int batchSize) {
    Require.positive("batchSize", batchSize);
    return () -> new Batches(batchSize);
  }

  private Tensor render(int first, int count) {
    Tensor batch = Tensor.zeros(ElementType.FLOAT, count, 3, imageSize, imageSize);
    FloatBuffer values = batch.floats();
    int row = 3 * imageSize * imageSize;
    IntStream.range(0, count).parallel().forEach(i -> render(first + i, values, i * row));
    return batch;
  }

  private void render(int index, FloatBuffer target, int offset) {
    RgbImage image = readable(index);
    CounterRandom random = new CounterRandom().restart(seed, epoch, index, 0);
    renderers.get().render(image.rgb(), image.width(), image.height(), random, target, offset);
  }

  private RgbImage readable(int index) {
    try {
      return heldOut.images().image(index);
    } catch (BrokenImageException broken) {
      return substitute(index, broken);
    }
  }

  private RgbImage substitute(int index, BrokenImageException broken) {
    int size = size();
    return IntStream.concat(
            IntStream.range(1, size).map(step -> (index + step) % size).filter(twinOf(index)),
            IntStream.range(1, size).map(step -> (index + step) % size))
        .mapToObj(this::imageOrNothing)
        .flatMap(List::stream)
        .findFirst()
        .orElseThrow(
            () -> new UserMistake("No held-out image can be read. " + broken.getMessage(), broken));
  }

  private IntPredicate twinOf(int index) {
    return other ->
        heldOut.questions().stream()
                .allMatch(q -> q.labels().get(index).equals(q.labels().get(other)))
            && heldOut.rounds().stream()
                .allMatch(r -> r.queries().contains(index) == r.queries().contains(other));
  }

  private List<RgbImage> imageOrNothing(int index) {
    try {
      return List.of(heldOut.images().image(index));
    } catch (BrokenImageException alsoBroken) {
      return List.of();
    }
  }

  private final class Batches implements Iterator<Tensor> {

    private final int batchSize;
    private int next;

    Batches(int batchSize) {
      this.batchSize = batchSize;
    }

    @Override
    public boolean hasNext() {
      return next < size();
    }

    @Override
    public Tensor next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int first = next;
      next = Math.min(size(), first + batchSize);
      return render(first, next - first);
    }
  }
}
