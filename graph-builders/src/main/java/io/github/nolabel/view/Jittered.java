package io.github.nolabel.view;

import io.github.nolabel.api.view.DrawnView;
import io.github.nolabel.api.view.ViewTransform.ColorJitter;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.List;

/**
 * Brightness, contrast, saturation and hue in each image's own order. The first three are one
 * formula, a blend of the colour with luminances, so that their order is a matter of factors; those
 * that come before hue in one image and behind it in another are computed in both places, and
 * change nothing in one of them.
 */
record Jittered(ColorJitter jitter) implements GraphChange {

  @Override
  public Value of(Ops g, Value images, Value drawn) {
    List<Value> numbers = Drawn.columns(g, drawn);
    int before = DrawnView.BLEND * DrawnView.blends(jitter);
    Value blended = blends(g, images, numbers.subList(0, before));
    if (jitter.hue() == 0) {
      return blended;
    }
    Value turned = TurnedHue.of(g, blended, Drawn.perImage(g, numbers.get(before)));
    return blends(g, turned, numbers.subList(before + 1, numbers.size()));
  }

  private static Value blends(Ops g, Value images, List<Value> numbers) {
    Value blended = images;
    for (int from = 0; from < numbers.size(); from += DrawnView.BLEND) {
      blended = blend(g, blended, numbers.subList(from, from + DrawnView.BLEND));
    }
    return blended;
  }

  /** {@code a x + b l + c mean(l)} with the luminance l, within [0, 1]. */
  private static Value blend(Ops g, Value images, List<Value> shares) {
    Value luminance = Greyed.luminance(g, images);
    Value own = g.mul(Drawn.perImage(g, shares.get(0)), images);
    Value grey = g.mul(Drawn.perImage(g, shares.get(1)), luminance);
    Value mean = g.mul(Drawn.perImage(g, shares.get(2)), g.reduceMean(luminance, true, 2, 3));
    return g.clip(g.add(own, g.add(grey, mean)), 0, 1);
  }
}
