package io.github.nolabel.api.input;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.DrawnView;
import io.github.nolabel.api.view.View;
import java.util.List;

/**
 * What a graph is fed that renders its views itself, in place of the views: every picture once, as
 * bytes on a square canvas, and the numbers drawn for each view.
 *
 * @param canvas side of the square in pixels
 */
public record ViewFeed(List<DrawnView> views, int canvas) {

  /** The input of the pictures. */
  public static final String PICTURES = "pictures";

  public ViewFeed {
    views = List.copyOf(views);
    Require.within("canvas", canvas, 8, 4096);
  }

  /**
   * The feed of a plan's views.
   *
   * @param canvas side of the square in pixels; 0 takes twice that of the largest view
   * @throws UserMistake if the plan has no view, or one that cannot be drawn as numbers
   */
  public static ViewFeed of(InputPlan plan, int canvas) {
    List<DrawnView> views = plan.views().stream().map(DrawnView::new).toList();
    if (views.isEmpty()) {
      throw new UserMistake(
          "The method reads no views of images (%s) that the device could render. Leave out device.views."
              .formatted(plan.inputs().stream().map(Input::name).toList()));
    }
    int largest = plan.views().stream().mapToInt(View::size).max().orElseThrow();
    return new ViewFeed(views, canvas > 0 ? canvas : Math.min(4096, 2 * largest));
  }

  /**
   * @throws UserMistake if so many pictures do not fit into one tensor
   */
  public void requireFits(int batchSize) {
    long bytes = 3L * canvas * canvas * batchSize;
    Require.that(
        bytes <= Integer.MAX_VALUE,
        "%,d pictures of %d x %d pixels are more than 2 GB. Lower device.canvas or batchSize."
            .formatted(batchSize, canvas, canvas));
  }

  /** Red, green and blue, interleaved, row by row: uint8[N, canvas, canvas, 3]. */
  public TensorSpec pictures() {
    Dim side = Dim.of(canvas);
    return new TensorSpec(
        PICTURES, ElementType.UINT8, new Shape(List.of(Dim.BATCH, side, side, Dim.of(3))));
  }
}
