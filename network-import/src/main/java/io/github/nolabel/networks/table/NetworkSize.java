package io.github.nolabel.networks.table;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.file.OnnxNode;
import java.nio.file.Path;
import java.util.Arrays;

/** Counts what is made of a file, and ends before a small file fills the memory. */
final class NetworkSize {

  private static final int DEEPEST = 16;
  private static final int MOST_NODES = 100_000;
  private static final long MOST_NUMBERS = 1 << 25;
  private static final long MOST_WEIGHTS = 1 << 28;
  private static final double LARGEST = 1L << 26;
  private static final double PER_PIXEL = 1 << 10;
  private static final double PER_WEIGHT = 4;

  private final Path file;
  private int nodes;
  private long numbers;
  private long weights;
  private final double largest;

  /**
   * @param pixels numbers of an image
   * @param initializers numbers that the file holds
   */
  NetworkSize(Path file, double pixels, double initializers) {
    this.file = file;
    this.largest = LARGEST + PER_PIXEL * pixels + PER_WEIGHT * initializers;
  }

  void enter(OnnxNode node, int depth) {
    if (++nodes > MOST_NODES || depth > DEEPEST) {
      throw new UserMistake(
          "%s: %s: functions and branches make the network larger than %d nodes or deeper than %d."
              .formatted(file, node.described(), MOST_NODES, DEEPEST));
    }
  }

  void add(OnnxNode node, FileValue result) {
    numbers += result instanceof Constant known ? known.size() : 0;
    weights += result instanceof FileValue.Weight weight ? weight.initial().elements() : 0;
    if (numbers > MOST_NUMBERS || weights > MOST_WEIGHTS || perImage(result) > largest) {
      throw new UserMistake(
          "%s: %s: its result is too large. All constants together may hold %d numbers, a value %.0f per image."
              .formatted(file, node.described(), MOST_NUMBERS, largest));
    }
  }

  private static double perImage(FileValue item) {
    return item instanceof FileValue.Live live ? elements(live.value()) : 0;
  }

  /** Numbers per image. */
  static double elements(Value value) {
    return Arrays.stream(value.shape().at(1)).asDoubleStream().reduce(1, (a, b) -> a * b);
  }
}
