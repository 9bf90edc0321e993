package io.github.nolabel.runs.engine;

import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.onnx.EightBitRanges;
import io.github.nolabel.onnx.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ranges of a network's values over images of the run.
 *
 * @param images that were asked
 */
public record Calibration(Map<String, Range> ranges, int images) {

  private static final int MOST = 256;

  /** Asks up to 256 training images, evenly spread. */
  public static Calibration of(
      EightBitRanges asking,
      ImageDataset images,
      Preprocessing preprocessing,
      TrainingRuntime runtime,
      DeviceSettings device) {
    List<float[]> extremes = new ArrayList<>();
    try (Embedder embedder = runtime.embedder(asking.model(), device)) {
      Sampled.of(images, MOST, Sampled.Phase.BETWEEN, preprocessing)
          .forEach(image -> extremes.add(embedder.embed(image).toFloats()));
    }
    Map<String, Range> ranges = new LinkedHashMap<>();
    for (int i = 0; i < asking.names().size(); i++) {
      ranges.put(asking.names().get(i), range(extremes, 2 * i));
    }
    return new Calibration(ranges, extremes.size());
  }

  /** From the least to the largest value that any image has. */
  private static Range range(List<float[]> extremes, int column) {
    float low = 0;
    float high = 0;
    for (float[] image : extremes) {
      low = Math.min(low, image[column]);
      high = Math.max(high, image[column + 1]);
    }
    return new Range(low, high);
  }

  /** For the file's metadata, by name. */
  public Map<String, String> notes() {
    return Map.of("calibration.images", Integer.toString(images));
  }
}
