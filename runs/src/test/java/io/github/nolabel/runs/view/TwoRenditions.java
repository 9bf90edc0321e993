package io.github.nolabel.runs.view;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.input.ViewFeed;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.DeviceSettings.Device;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.View;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.load.BatchLoader;
import io.github.nolabel.data.load.LoaderSettings;
import io.github.nolabel.view.RenderedViews;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The views of one batch, by the processor and by the graph. */
final class TwoRenditions {

  private static final DeviceSettings CPU = new DeviceSettings(Device.CPU, 2);

  private TwoRenditions() {}

  /**
   * How far two renditions are apart, in units of 1/255.
   *
   * @param max of all values
   * @param mean of all values
   */
  record Gap(double max, double mean) {

    static Gap between(Tensor a, Tensor b, InputPlan plan) {
      float[] left = a.toFloats();
      float[] right = b.toFloats();
      int area = (int) (a.shape().extent(2) * a.shape().extent(3));
      double max = 0;
      double sum = 0;
      for (int i = 0; i < left.length; i++) {
        double std = plan.evaluation().normalisation().std().get(i / area % 3);
        double difference = 255 * std * Math.abs((double) left[i] - right[i]);
        max = Math.max(max, difference);
        sum += difference;
      }
      return new Gap(max, sum / left.length);
    }
  }

  /** For every view of the plan: of the images' first batch, which holds {@code count} of them. */
  static Map<String, Gap> of(InputPlan plan, ImageDataset images, int count, int canvas) {
    LoaderSettings settings = new LoaderSettings(count, 5, 1, true);
    Map<String, Tensor> processor = batch(new BatchLoader(images, plan, settings));
    ViewFeed feed = ViewFeed.of(plan, canvas);
    Map<String, Tensor> fed = batch(new BatchLoader(images, plan, settings.feeding(feed)));
    Map<String, Tensor> device = rendered(feed, plan, fed);
    Map<String, Gap> gaps = new LinkedHashMap<>();
    for (View view : plan.views()) {
      String name = view.input();
      gaps.put(name, Gap.between(device.get(name), processor.get(name), plan));
    }
    return gaps;
  }

  private static Map<String, Tensor> rendered(
      ViewFeed feed, InputPlan plan, Map<String, Tensor> fed) {
    try (Model model = TrainingRuntime.find().model(RenderedViews.alone(feed, plan), CPU)) {
      return model.run(fed);
    }
  }

  private static Map<String, Tensor> batch(BatchLoader loader) {
    try (BatchStream stream = loader.from(0)) {
      Map<String, Tensor> copies = new HashMap<>();
      stream.next().tensors().forEach((name, tensor) -> copies.put(name, tensor.copy()));
      return copies;
    }
  }
}
