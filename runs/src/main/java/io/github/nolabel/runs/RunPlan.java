package io.github.nolabel.runs;

import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.runs.plan.Assignment;
import io.github.nolabel.runs.plan.ConfigFile;
import io.github.nolabel.runs.plan.GivenBackbone;
import io.github.nolabel.runs.plan.OptionGroup;
import io.github.nolabel.runs.plan.PlanText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a run. Immutable; every method returns another plan, and what is said
 * later wins. What is not said follows from the method, its preset, the backbone and the data, as
 * on the command line, whose names it shares. Names and values are checked when a run is made of
 * it.
 *
 * <pre>{@code
 * RunPlan plan =
 *     RunPlan.of("simclr").data("folder:photos").backbone("resnet18").epochs(100).set("temperature", 0.2);
 * }</pre>
 */
public final class RunPlan {

  /** Says nothing; what a run was is left as it is. */
  static final RunPlan NOTHING = new RunPlan(List.of(), null);

  private final List<List<Assignment>> layers;
  private final @Nullable Backbone backbone;

  private RunPlan(List<List<Assignment>> layers, @Nullable Backbone backbone) {
    this.layers = layers.stream().map(List::copyOf).toList();
    this.backbone = backbone;
  }

  /** What was read elsewhere, in layers: a later one wins, and none may say a thing twice. */
  public static RunPlan layered(List<List<Assignment>> layers) {
    return new RunPlan(layers, null);
  }

  /** A plan that says the method only, such as {@code simclr}. */
  public static RunPlan of(String method) {
    return new RunPlan(List.of(), null).run("method", method);
  }

  /**
   * Reads a plan from YAML or JSON: names and values, groups such as {@code optimizer} as objects.
   *
   * @throws io.github.nolabel.api.UserMistake if it is neither, or a value is a list
   */
  public static RunPlan parse(String text) {
    return new RunPlan(List.of(PlanText.read(text, "")), null);
  }

  /** The same from a file; a folder or a {@code resume} that it names are left to the caller. */
  public static RunPlan read(Path file) {
    return new RunPlan(List.of(ConfigFile.read(file).assignments()), null);
  }

  /** Where the images come from, such as {@code folder:photos}. */
  public RunPlan data(String source) {
    return run("data", source);
  }

  /** The network by name, such as {@code resnet18} or {@code onnx:model.onnx}. */
  public RunPlan backbone(String name) {
    return new RunPlan(and(List.of(Assignment.of(OptionGroup.RUN, "backbone", name))), null);
  }

  /**
   * A network at hand. The run's record names its class; to go on with such a run later, hand in
   * the plan with the same network again.
   */
  public RunPlan backbone(Backbone network) {
    return new RunPlan(
        and(List.of(Assignment.of(OptionGroup.RUN, "backbone", GivenBackbone.NAME))), network);
  }

  /** A recipe of the method, such as {@code small}, {@code cifar} or {@code imagenet}. */
  public RunPlan preset(String name) {
    return run("preset", name);
  }

  /** A run whose newest weights a fresh run starts with, as far as name and shape agree. */
  public RunPlan initFrom(Path run) {
    return run("initFrom", run.toString());
  }

  /** Passes over the data. */
  public RunPlan epochs(int count) {
    return run("epochs", count);
  }

  /** Images per batch. */
  public RunPlan batchSize(int images) {
    return run("batchSize", images);
  }

  /** Width and height of the views in pixels. */
  public RunPlan imageSize(int pixels) {
    return run("imageSize", pixels);
  }

  /** Everything random follows from it. */
  public RunPlan seed(long seed) {
    return run("seed", seed);
  }

  /**
   * Any option by the name that it has on the command line: {@code temperature}, {@code
   * optimizer.learningRate}, {@code backbone.stem}.
   *
   * @param value a number, a boolean, a text or a choice
   */
  public RunPlan set(String option, Object value) {
    return with(List.of(new Assignment(option, RecordOptions.text(value), "")));
  }

  /**
   * All options of a record at once: the method's own, such as {@code new SimClrConfig(...)}, or an
   * optimizer, schedule, checkpoint, evaluation or device.
   */
  public RunPlan options(Record config) {
    return options(OptionGroup.of(config), config);
  }

  /** All options of the backbone at once. */
  public RunPlan backboneOptions(Record config) {
    return options(OptionGroup.BACKBONE, config);
  }

  /** The plan as YAML that {@link #parse} reads; a network at hand appears by its class only. */
  public String toYaml() {
    return PlanText.yaml(said());
  }

  /** What was said, one option a line, in order. */
  @Override
  public String toString() {
    return PlanText.lines(said());
  }

  List<List<Assignment>> layers() {
    return layers;
  }

  Optional<Backbone> givenBackbone() {
    return Optional.ofNullable(backbone);
  }

  private List<Assignment> said() {
    return layers.stream().flatMap(List::stream).toList();
  }

  private RunPlan options(OptionGroup group, Record config) {
    List<Assignment> layer = new ArrayList<>();
    RecordOptions.describe(config)
        .forEach((name, value) -> layer.add(Assignment.of(group, name, value)));
    return with(layer);
  }

  private RunPlan run(String option, Object value) {
    return with(List.of(Assignment.of(OptionGroup.RUN, option, value)));
  }

  /** The same with a layer that wins over all others. */
  RunPlan with(List<Assignment> layer) {
    return new RunPlan(and(layer), backbone);
  }

  private List<List<Assignment>> and(List<Assignment> further) {
    List<List<Assignment>> all = new ArrayList<>(layers);
    all.add(further);
    return all;
  }
}
