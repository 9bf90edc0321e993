package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.step.StepGraph;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Where the regions of an image come from. */
sealed interface RegionSource permits RegionGrid, FoundRegions {

  /** Width of a region's feature. */
  int width();

  /** What a step reads of every sample. */
  List<Input> inputs();

  /** What a cut reads of an image. */
  List<TensorSpec> reads();

  /** What a step reads, under the names of {@link #reads}. */
  Map<String, Value> read(StepGraph step);

  /** From what is read, by name, to regions. */
  Function<Map<String, Value>, Regions> attach(Scope scope);

  /**
   * What can be had of it alone.
   *
   * @param scope the top-level scope of the network
   * @param child where in it this source is attached
   */
  List<Cut> cuts(String scope, String child);

  static RegionSource of(UniterConfig config, Backbone backbone, RunSpec run) {
    return config.regions().areRead()
        ? new FoundRegions(config.regions())
        : RegionGrid.of(backbone, run.imageSize(), config.minCropScale());
  }
}
