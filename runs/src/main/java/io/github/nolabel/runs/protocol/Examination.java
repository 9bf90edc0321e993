package io.github.nolabel.runs.protocol;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.HeldOut;
import io.github.nolabel.runs.engine.Towers;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All that a protocol needs to ask networks.
 *
 * @param device where to compute
 * @param loaderThreads how many threads decode images
 * @param notices takes lines for the person who waits
 */
public record Examination(
    Networks networks,
    Dataset data,
    TrainingRuntime runtime,
    DeviceSettings device,
    int loaderThreads,
    Consumer<String> notices) {

  /** The same, with the network before the first step asked beside the trained one. */
  public Examination withUntrained() {
    return new Examination(
        networks.withUntrained(runtime), data, runtime, device, loaderThreads, notices);
  }

  /** The towers of images and texts by network; to be closed. */
  Map<String, Towers> towers() {
    return networks.towers(runtime, device);
  }

  /** The data as the run's method reads them: if it reads regions, images that have some. */
  Dataset readable() {
    return networks.ofRun().readsRegions()
        ? data.withRegions(networks.ofRun().run().method().method(), notices)
        : data;
  }

  /**
   * Labelled images that training has not seen.
   *
   * @throws UserMistake if nothing is labelled, or no class has an image to spare
   */
  public HeldOut labelled() {
    if (data.heldOut().questions().isEmpty()) {
      throw new UserMistake(data.unasked().orElseThrow());
    }
    return data.heldOut();
  }
}
