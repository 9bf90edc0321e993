package io.github.nolabel.spark;

import io.github.nolabel.api.UserMistake;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** Which of a machine's CUDA cards a task may use. */
final class Cards {

  private static final String GPU = "gpu";

  private Cards() {}

  /** The card that Spark has given to the task on this thread; empty if it gives none away. */
  static OptionalInt ofThisTask() {
    Map<String, ResourceInformation> resources = TaskContext.get().resourcesJMap();
    ResourceInformation cards = resources.get(GPU);
    return cards == null ? OptionalInt.empty() : first(cards.addresses());
  }

  /**
   * The card's number as the driver counts. A session uses one card, so further ones lie idle.
   *
   * @param addresses as Spark's discovery script has found them
   * @throws UserMistake if the first one is no number
   */
  static OptionalInt first(String... addresses) {
    if (addresses.length == 0) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseUnsignedInt(addresses[0].strip()));
    } catch (NumberFormatException e) {
      throw new UserMistake(
          "Spark gives a task the card '%s', expected a number as nvidia-smi counts. spark.executor.resource.gpu.discoveryScript names the script that lists them."
              .formatted(addresses[0]),
          e);
    }
  }
}
