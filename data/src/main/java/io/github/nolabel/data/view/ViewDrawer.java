package io.github.nolabel.data.view;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.input.ViewFeed;
import io.github.nolabel.api.view.DrawnView;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Writes pictures, and what is drawn for their views, for a graph that renders the views itself:
 * the same numbers as {@link ViewRenderer} draws. Reuses its memory; one per thread.
 */
public final class ViewDrawer {

  private final ViewFeed feed;
  private final Canvas canvas;
  private final List<ViewRenderer> renderers;
  private final List<Frame> frames = new ArrayList<>();

  /**
   * @param plan whose views the feed tells of
   */
  public ViewDrawer(ViewFeed feed, InputPlan plan) {
    this.feed = feed;
    this.canvas = new Canvas(feed.canvas());
    this.renderers =
        plan.views().stream().map(view -> new ViewRenderer(view, plan.evaluation())).toList();
  }

  /**
   * Writes one row of a batch.
   *
   * @param random where each view's random numbers start; asked for one after another
   * @param pictures uint8[N, side, side, 3]
   * @param drawn float[N, width] for every view
   */
  public void draw(
      Picture picture,
      IntFunction<CounterRandom> random,
      int row,
      ByteBuffer pictures,
      List<FloatBuffer> drawn) {
    frames.clear();
    for (int view = 0; view < renderers.size(); view++) {
      int changes = start(view, row) + DrawnView.FRAME;
      frames.add(renderers.get(view).draw(picture, random.apply(view), drawn.get(view), changes));
    }
    int start = Math.multiplyExact(row, 3 * feed.canvas() * feed.canvas());
    Placement place = canvas.lay(picture, frames, pictures, start);
    for (int view = 0; view < renderers.size(); view++) {
      frames.get(view).write(place, drawn.get(view), start(view, row));
    }
  }

  private int start(int view, int row) {
    return row * feed.views().get(view).width();
  }
}
