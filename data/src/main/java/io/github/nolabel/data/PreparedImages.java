package io.github.nolabel.data;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.view.CounterRandom;
import io.github.nolabel.data.view.ViewRenderer;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Images, prepared, in batches: each the same every time, rendered in parallel when asked for. */
public final class PreparedImages {

  private final ImageDataset images;
  private final int imageSize;
  private final ThreadLocal<ViewRenderer> renderers;
  private final long seed;
  private final long epoch;
  private final IntFunction<IntPredicate> twins;

  /**
   * @param renderer for one thread
   * @param seed what is random follows from seed, epoch and index
   * @param twins which images may best stand in for one that cannot be decoded
   */
  PreparedImages(
      ImageDataset images,
      int imageSize,
      Supplier<ViewRenderer> renderer,
      long seed,
      long epoch,
      IntFunction<IntPredicate> twins) {
    this.images = images;
    this.imageSize = imageSize;
    this.renderers = ThreadLocal.withInitial(renderer);
    this.seed = seed;
    this.epoch = epoch;
    this.twins = twins;
  }

  /**
   * As a frozen backbone sees them. An image that cannot be decoded is replaced by the next one.
   */
  public static PreparedImages of(ImageDataset images, Preprocessing preprocessing) {
    return new PreparedImages(
        images,
        preprocessing.size(),
        () -> ViewRenderer.plain(preprocessing),
        0,
        0,
        index -> other -> true);
  }

  /** float[1, 3, S, S]: one image as a frozen backbone sees it. */
  public static Tensor one(RgbImage image, Preprocessing preprocessing) {
    int size = preprocessing.size();
    Tensor prepared = Tensor.zeros(ElementType.FLOAT, 1, 3, size, size);
    ViewRenderer.plain(preprocessing)
        .render(
            image.rgb(), image.width(), image.height(), new CounterRandom(), prepared.floats(), 0);
    return prepared;
  }

  public int size() {
    return images.size();
  }

  /** float[n, 3, S, S] each, in order; the last one may be smaller. */
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
    try {
      render(index, index, target, offset);
    } catch (BrokenImageException broken) {
      substitute(index, broken, target, offset);
    }
  }

  /** Renders the image at {@code found} in the place of that at {@code index}. */
  private void render(int index, int found, FloatBuffer target, int offset) {
    RgbImage image = images.image(found);
    CounterRandom random = new CounterRandom().restart(seed, epoch, index, 0);
    Rendering.render(renderers.get(), images.name(found), image, random, target, offset);
  }

  private void substitute(int index, BrokenImageException broken, FloatBuffer target, int offset) {
    int size = size();
    IntStream.concat(
            IntStream.range(1, size).map(step -> (index + step) % size).filter(twins.apply(index)),
            IntStream.range(1, size).map(step -> (index + step) % size))
        .filter(found -> isRendered(index, found, target, offset))
        .findFirst()
        .orElseThrow(
            () -> new UserMistake("No held-out image can be read. " + broken.getMessage(), broken));
  }

  private boolean isRendered(int index, int found, FloatBuffer target, int offset) {
    try {
      render(index, found, target, offset);
      return true;
    } catch (BrokenImageException alsoBroken) {
      return false;
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
