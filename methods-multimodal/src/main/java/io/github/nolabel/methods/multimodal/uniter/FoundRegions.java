package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.methods.multimodal.tower.RegionOptions;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.step.StepGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What a detector found in an image, read as it is; there is no network of its own to train. */
record FoundRegions(RegionOptions options) implements RegionSource {

  @Override
  public int width() {
    return options.regionWidth();
  }

  @Override
  public List<Input> inputs() {
    return List.of(options.regions(), options.places(), options.mask());
  }

  @Override
  public List<TensorSpec> reads() {
    return inputs().stream().map(Input::spec).toList();
  }

  @Override
  public Map<String, Value> read(StepGraph step) {
    Map<String, Value> read = new LinkedHashMap<>();
    inputs().forEach(input -> read.put(input.name(), step.input(input)));
    return read;
  }

  @Override
  public Function<Map<String, Value>, Regions> attach(Scope scope) {
    return in ->
        new Regions(of(in, options.regions()), of(in, options.places()), of(in, options.mask()));
  }

  @Override
  public List<Cut> cuts(String scope, String child) {
    return List.of();
  }

  private static Value of(Map<String, Value> in, Input input) {
    return Objects.requireNonNull(in.get(input.name()), input.name());
  }
}
