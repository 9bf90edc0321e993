package io.github.nolabel.networks.table;

import io.github.nolabel.graph.Value;
import java.util.HashMap;
import java.util.Map;

/** How far running statistics have moved within one graph, in all applications of a network. */
public final class MovedStatistics {

  private final Map<Value, Value> moved = new HashMap<>();

  /** The newest value of a statistic. */
  public Value newest(Value statistic) {
    return moved.getOrDefault(statistic, statistic);
  }

  public void move(Value statistic, Value next) {
    moved.put(statistic, next);
  }
}
