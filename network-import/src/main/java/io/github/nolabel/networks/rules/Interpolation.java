package io.github.nolabel.networks.rules;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.networks.table.BatchCount;
import io.github.nolabel.networks.table.Constant;
import io.github.nolabel.networks.table.OperatorCall;

/**
 * How one axis is resized: each new place is a weighted sum of old ones.
 *
 * @param from old extent
 * @param to new extent
 * @param scale of the coordinates, about {@code to / from}
 */
record Interpolation(OperatorCall call, int from, int to, double scale) {

  /** The weights, float[from, to]. */
  Constant matrix() {
    double[][] weights = new double[to][from];
    for (int place = 0; place < to; place++) {
      add(weights[place], centre(place));
    }
    return Constant.of(
        ElementType.FLOAT, new long[] {from, to}, i -> BatchCount.of(weights[i % to][i / to]));
  }

  /** Where a new place lies among the old ones. */
  private double centre(int place) {
    String mode = call.attributes().text("coordinate_transformation_mode", "half_pixel");
    return switch (mode) {
      case "asymmetric" -> place / scale;
      case "align_corners" -> to == 1 ? 0 : place * (from - 1.0) / (to - 1);
      case "pytorch_half_pixel" -> to == 1 ? 0 : (place + 0.5) / scale - 0.5;
      case "half_pixel" -> (place + 0.5) / scale - 0.5;
      case "half_pixel_symmetric" -> {
        double adjusted = to / (scale * from);
        yield from / 2.0 * (1 - adjusted) + (place + 0.5) / scale - 0.5;
      }
      default ->
          throw call.refuse(
              "its coordinates are of the mode '%s'".formatted(mode), "Export half_pixel.");
    };
  }

  private void add(double[] weights, double centre) {
    String mode = call.attributes().text("mode", "nearest");
    if (mode.equals("nearest")) {
      weights[inside(nearest(centre))] = 1;
    } else if (mode.equals("linear")) {
      double within = Math.max(0, Math.min(from - 1, centre));
      int below = (int) Math.floor(within);
      weights[below] += 1 - (within - below);
      weights[inside(below + 1)] += within - below;
    } else {
      addCubic(weights, centre);
    }
  }

  private long nearest(double centre) {
    String mode = call.attributes().text("nearest_mode", "round_prefer_floor");
    return (long)
        switch (mode) {
          case "floor" -> Math.floor(centre);
          case "ceil" -> Math.ceil(centre);
          case "round_prefer_ceil" -> Math.floor(centre + 0.5);
          default -> Math.ceil(centre - 0.5);
        };
  }

  /** Keys 1981; beyond the edge the last value is repeated, or left out. */
  private void addCubic(double[] weights, double centre) {
    boolean leavesOut = call.attributes().flag("exclude_outside", false);
    int first = (int) Math.floor(centre) - 1;
    double sum = 0;
    for (int tap = first; tap < first + 4; tap++) {
      if (!leavesOut || tap == inside(tap)) {
        double weight = cubic(Math.abs(centre - tap));
        weights[inside(tap)] += weight;
        sum += weight;
      }
    }
    for (int i = 0; i < from; i++) {
      weights[i] /= sum;
    }
  }

  private double cubic(double x) {
    double a = call.attributes().number("cubic_coeff_a", -0.75);
    if (x <= 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? a * (((x - 5) * x + 8) * x - 4) : 0;
  }

  private int inside(long place) {
    return (int) Math.max(0, Math.min(from - 1, place));
  }
}
