package io.github.nolabel.view;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/** Inverts bright values. */
record Solarized() implements GraphChange {

  @Override
  public Value of(Ops g, Value images, Value drawn) {
    Value dark = g.less(images, Drawn.perImage(g, drawn));
    return g.where(dark, images, g.sub(g.constant(1), images));
  }
}
