package io.github.nolabel.data;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.Tensor;
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
import java.util.stream.Stream;

/** Images, prepared, in batches: each the same every time, rendered in parallel when asked for. */
public final class PreparedImages {

  private final ImageDataset images;
  private final int imageSize;
  private final ThreadLocal<ViewRenderer> renderers;
  private final long seed;
  private final long epoch;
  private final IntFunction<IntPredicate> twins;
  private final String which;
  private final BrokenImages broken = new BrokenImages();

  /**
   * @param renderer for one thread
   * @param seed what is random follows from seed, epoch and index
   * @param twins which images may best stand in for one that is broken
   * @param which images they are, for messages
   */
  PreparedImages(
      ImageDataset images,
      int imageSize,
      Supplier<ViewRenderer> renderer,
      long seed,
      long epoch,
      IntFunction<IntPredicate> twins,
      String which) {
    this.images = images;
    this.imageSize = imageSize;
    this.renderers = ThreadLocal.withInitial(renderer);
    this.seed = seed;
    this.epoch = epoch;
    this.twins = twins;
    this.which = which;
  }

  /** As a frozen backbone sees them. A broken image is replaced by the next one. */
  public static PreparedImages of(ImageDataset images, Preprocessing preprocessing) {
    return of(images, preprocessing, "images");
  }

  /**
   * The same.
   *
   * @param which images they are, for messages: "held-out images"
   */
  public static PreparedImages of(ImageDataset images, Preprocessing preprocessing, String which) {
    return new PreparedImages(
        images,
        preprocessing.size(),
        () -> ViewRenderer.plain(preprocessing),
        0,
        0,
        index -> other -> true,
        which);
  }

  /**
   * float[1, 3, S, S]: one image as a frozen backbone sees it.
   *
   * @param name of the image, for messages
   * @throws BrokenImageException as {@link Rendering#render} does
   */
  public static Tensor one(String name, RgbImage image, Preprocessing preprocessing) {
    int size = preprocessing.size();
    Tensor prepared = Tensor.zeros(ElementType.FLOAT, 1, 3, size, size);
    ViewRenderer plain = ViewRenderer.plain(preprocessing);
    Rendering.render(plain, name, image, new CounterRandom(), prepared.floats(), 0);
    return prepared;
  }

  public int size() {
    return images.size();
  }

  /** The images that were replaced so far. */
  public BrokenImages broken() {
    return broken;
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
    int size = size();
    IntStream others = IntStream.range(1, size).map(step -> (index + step) % size);
    IntStream rest = IntStream.range(1, size).map(step -> (index + step) % size);
    Stream.of(IntStream.of(index), others.filter(twins.apply(index)), rest)
        .flatMapToInt(candidates -> candidates)
        .filter(found -> !broken.contains(found))
        .filter(found -> broken.allows(found, () -> render(index, found, target, offset)))
        .findFirst()
        .orElseThrow(() -> broken.none(which));
  }

  /** Renders the image at {@code found} in the place of that at {@code index}. */
  private void render(int index, int found, FloatBuffer target, int offset) {
    CounterRandom random = new CounterRandom().restart(seed, epoch, index, 0);
    try {
      RgbImage image = images.image(found);
      Rendering.render(renderers.get(), images.name(found), image, random, target, offset);
    } catch (BrokenImageException e) {
      throw images.broken(e);
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
