package io.github.nolabel.data.view;

import io.github.nolabel.api.view.DrawnView;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out a {@link View} on one image after another. The result depends on the image and the
 * random numbers alone. Reuses its memory; one per thread.
 */
public final class ViewRenderer {

  private final int size;
  private final Framing framing;
  private final List<ViewTransform> changes;
  private final List<Transform> transforms = new ArrayList<>();
  private final Pixels pixels = new Pixels();

  /**
   * @param evaluation gives the normalisation, and the framing of a view without a random crop
   */
  public ViewRenderer(View view, Preprocessing evaluation) {
    this.size = view.size();
    List<ViewTransform> all = view.transforms();
    this.framing = framing(view, evaluation);
    this.changes = all.subList(framing instanceof RandomResizedCropping ? 1 : 0, all.size());
    changes.forEach(change -> transforms.add(transform(change)));
    transforms.add(new Normalising(evaluation.normalisation()));
  }

  /** Renders images as the frozen backbone sees them; nothing is random. */
  public static ViewRenderer plain(Preprocessing preprocessing) {
    View view = new View("image", preprocessing.size(), List.of());
    return new ViewRenderer(view, preprocessing);
  }

  /**
   * By what the sides of a picture of this size can be divided before it has fewer pixels than the
   * part that becomes the view.
   *
   * @param random where the view's random numbers start
   */
  public double surplus(int width, int height, CounterRandom random) {
    return framing.surplus(width, height, random);
  }

  /**
   * Writes the view as float[3, size, size].
   *
   * @param random where the view's random numbers start
   * @param target written from {@code offset} on, whatever its position
   */
  public void render(Picture picture, CounterRandom random, FloatBuffer target, int offset) {
    framing.frame(picture, random, pixels);
    for (Transform transform : transforms) {
      transform.apply(pixels, random);
    }
    target.put(offset, pixels.values(), 0, 3 * size * size);
  }

  /**
   * Draws what {@link #render} would, and writes what belongs to the changes behind the frame.
   *
   * @return the frame
   */
  Frame draw(Picture picture, CounterRandom random, FloatBuffer target, int offset) {
    Frame frame = framing.choose(picture.scale(), random);
    int to = offset;
    for (int i = 0; i < changes.size(); i++) {
      ((Drawing) transforms.get(i)).draw(random, target, to);
      to += DrawnView.numbers(changes.get(i)).orElseThrow();
    }
    return frame;
  }

  private static Framing framing(View view, Preprocessing evaluation) {
    List<ViewTransform> changes = view.transforms();
    if (!changes.isEmpty() && changes.get(0) instanceof ViewTransform.RandomResizedCrop crop) {
      return new RandomResizedCropping(crop, view.size());
    }
    if (changes.stream().anyMatch(ViewTransform.RandomResizedCrop.class::isInstance)) {
      return new WholeImage();
    }
    Normalisation normalisation = evaluation.normalisation();
    return new CentreCropping(
        new Preprocessing(view.size(), evaluation.cropShare(), normalisation));
  }

  private Transform transform(ViewTransform change) {
    if (change instanceof ViewTransform.RandomResizedCrop crop) {
      return new RandomResizedCropping(crop, size);
    } else if (change instanceof ViewTransform.HorizontalFlip flip) {
      return new Flipping(flip);
    } else if (change instanceof ViewTransform.ColorJitter jitter) {
      return new ColourJittering(jitter);
    } else if (change instanceof ViewTransform.Grayscale grayscale) {
      return new Greying(grayscale);
    } else if (change instanceof ViewTransform.GaussianBlur blur) {
      return new Blurring(blur);
    } else if (change instanceof ViewTransform.Solarize solarize) {
      return new Solarizing(solarize);
    }
    return TransformProvider.of(change);
  }
}
