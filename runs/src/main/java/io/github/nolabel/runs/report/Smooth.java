package io.github.nolabel.runs.report;

import io.github.nolabel.runs.report.Story.Point;
import java.util.ArrayList;
import java.util.List;

/** Noisy series as their course. */
final class Smooth {

  private static final int PARTS = 40;

  private Smooth() {}

  /** The mean of a window around every point, a fortieth of the series wide. */
  static List<Point> course(List<Point> points) {
    int reach = points.size() / (2 * PARTS);
    double[] sums = new double[points.size() + 1];
    for (int i = 0; i < points.size(); i++) {
      sums[i + 1] = sums[i] + points.get(i).value();
    }
    List<Point> course = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      int around = Math.min(reach, Math.min(i, points.size() - 1 - i));
      double mean = (sums[i + around + 1] - sums[i - around]) / (2 * around + 1);
      course.add(new Point(points.get(i).step(), mean));
    }
    return course;
  }
}
