package io.github.nolabel.runs.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Seconds by stage of a run, those of its earlier parts included. */
final class Stopwatch {

  static final String TOTAL = "total";

  private final long start = System.nanoTime();
  private final double earlier;
  private final Map<String, Double> seconds;

  Stopwatch(Map<String, Double> earlier) {
    this.seconds = new LinkedHashMap<>(earlier);
    this.earlier = seconds.getOrDefault(TOTAL, 0.0);
  }

  <T> T time(String stage, Supplier<T> work) {
    long begin = System.nanoTime();
    try {
      return work.get();
    } finally {
      seconds.merge(stage, since(begin), Double::sum);
    }
  }

  void time(String stage, Runnable work) {
    time(
        stage,
        () -> {
          work.run();
          return stage;
        });
  }

  /** By stage, the total last. */
  Map<String, Double> seconds() {
    Map<String, Double> all = new LinkedHashMap<>(seconds);
    all.remove(TOTAL);
    all.put(TOTAL, earlier + since(start));
    all.replaceAll((stage, value) -> Math.round(value * 1000) / 1000.0);
    return all;
  }

  double total() {
    return earlier + since(start);
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
