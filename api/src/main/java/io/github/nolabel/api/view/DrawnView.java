package io.github.nolabel.api.view;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.ViewTransform.ColorJitter;
import io.github.nolabel.api.view.ViewTransform.GaussianBlur;
import io.github.nolabel.api.view.ViewTransform.Grayscale;
import io.github.nolabel.api.view.ViewTransform.HorizontalFlip;
import io.github.nolabel.api.view.ViewTransform.Interpolation;
import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;
import io.github.nolabel.api.view.ViewTransform.Solarize;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is random about a view, as numbers, float[N, width]: whoever draws them and whoever carries
 * the view out may be different programs. The frame comes first, then the numbers of every change
 * in order:
 *
 * <ul>
 *   <li>frame: start and extent of the part along x, first and last + 1 of the columns that may be
 *       used, in pixels; the same along y
 *   <li>{@link HorizontalFlip}, {@link Grayscale}: 1 if it happens, else 0
 *   <li>{@link ColorJitter}: a {@link #BLEND} for every strength above 0 in the order drawn; where
 *       there is hue, those before it (and blends that change nothing), the turn in sixths of the
 *       colour circle (6 is none), and those behind it
 *   <li>{@link GaussianBlur}: the kernel's weights from the middle to its end
 *   <li>{@link Solarize}: the threshold; {@link #NEVER} if it does not happen
 * </ul>
 */
public record DrawnView(View view) {

  /** Numbers of a frame. */
  public static final int FRAME = 8;

  /** Numbers of a blend: how much of the colour, of its luminance, of the mean luminance. */
  public static final int BLEND = 3;

  /** A threshold that no value reaches. */
  public static final float NEVER = 2;

  /**
   * @throws UserMistake if a change of the view has no such numbers
   */
  public DrawnView {
    for (ViewTransform change : changes(view)) {
      if (numbers(change).isEmpty()) {
        throw new UserMistake(
            "%s has the change %s, which only the processor carries out: %s. Leave out device.views, or set it to processor."
                .formatted(
                    view.input(),
                    change,
                    change instanceof RandomResizedCrop
                        ? "a random crop must be a view's first change"
                        : "a plug-in's change has no form for a graph"));
      }
    }
  }

  /** How the numbers are fed. */
  public TensorSpec spec() {
    return TensorSpec.floats(view.input() + "_drawn", Shape.batched(width()));
  }

  /** Numbers of one view. */
  public int width() {
    return FRAME + changes().stream().mapToInt(change -> numbers(change).orElseThrow()).sum();
  }

  /** The changes that follow the frame. */
  public List<ViewTransform> changes() {
    return changes(view);
  }

  /** How the frame's pixels are brought to the view's size. */
  public Interpolation interpolation() {
    return isCropped(view)
        ? ((RandomResizedCrop) view.transforms().get(0)).interpolation()
        : Interpolation.BILINEAR;
  }

  private static List<ViewTransform> changes(View view) {
    List<ViewTransform> all = view.transforms();
    return isCropped(view) ? all.subList(1, all.size()) : all;
  }

  private static boolean isCropped(View view) {
    return !view.transforms().isEmpty() && view.transforms().get(0) instanceof RandomResizedCrop;
  }

  /** How many numbers a change behind the frame has; empty if it cannot be told by numbers. */
  public static OptionalInt numbers(ViewTransform change) {
    if (change instanceof HorizontalFlip
        || change instanceof Grayscale
        || change instanceof Solarize) {
      return OptionalInt.of(1);
    } else if (change instanceof ColorJitter jitter) {
      int blends = BLEND * blends(jitter);
      return OptionalInt.of(jitter.hue() > 0 ? 2 * blends + 1 : blends);
    } else if (change instanceof GaussianBlur blur) {
      return OptionalInt.of(blur.kernel() / 2 + 1);
    }
    return OptionalInt.empty();
  }

  /** How many of brightness, contrast and saturation a jitter changes. */
  public static int blends(ColorJitter jitter) {
    return (jitter.brightness() > 0 ? 1 : 0)
        + (jitter.contrast() > 0 ? 1 : 0)
        + (jitter.saturation() > 0 ? 1 : 0);
  }
}
