package io.github.nolabel.data.load;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.evaluation.FeatureMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The regions of images, in batches, as a method reads them. */
public final class PreparedRegions {

  private static final int BATCH = 64;

  private final ImageDataset images;
  private final InputPlan plan;
  private final List<RegionRows> rows;

  /**
   * @throws UserMistake if an image has none, or the first has others than the plan says
   */
  public PreparedRegions(ImageDataset images, InputPlan plan) {
    this.images = images;
    this.plan = plan.ofRegions();
    this.rows = RegionRows.of(this.plan, images);
  }

  /** The model's {@link TrainingProgram#FEATURES} of every image, in order. */
  public FeatureMatrix features(Model model) {
    Set<String> read = model.inputs().stream().map(TensorSpec::name).collect(Collectors.toSet());
    List<Tensor> parts = new ArrayList<>();
    for (Map<String, Tensor> regions : batches(BATCH)) {
      Map<String, Tensor> batch = new HashMap<>(regions);
      batch.keySet().retainAll(read);
      parts.add(Objects.requireNonNull(model.run(batch).get(TrainingProgram.FEATURES)).copy());
    }
    return FeatureMatrix.join(parts);
  }

  /** Features, places and masks by the plan's names, in order; the last batch may be smaller. */
  public Iterable<Map<String, Tensor>> batches(int batchSize) {
    return () ->
        IntStream.iterate(0, first -> first < images.size(), first -> first + batchSize)
            .mapToObj(first -> batch(first, Math.min(batchSize, images.size() - first)))
            .iterator();
  }

  private Map<String, Tensor> batch(int first, int count) {
    BatchSlot slot = new BatchSlot(plan, Optional.empty(), count);
    for (int row = 0; row < count; row++) {
      for (RegionRows regions : rows) {
        regions.fill(first + row, row, slot);
      }
    }
    return slot.batch().tensors();
  }
}
