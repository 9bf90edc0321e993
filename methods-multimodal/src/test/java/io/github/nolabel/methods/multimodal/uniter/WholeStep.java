package io.github.nolabel.methods.multimodal.uniter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.fragment.text.TextEncoders;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.step.StepGraph;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * UNITER's loss, monitors and gradients on three images of up to four regions, in float64. Weights
 * are larger than they start, so that influence shows.
 */
record WholeStep(UniterObjective objective, Graph graph, Map<String, Nd> fed) {

  static final int N = 3;
  static final int K = 4;
  static final int WIDTH = 5;
  static final int LENGTH = 5;

  /** Regions of each image; what follows is padding. */
  static final int[] FOUND = {4, 2, 3};

  private static final int SIZE = 16;
  private static final double STEP = 1e-6;
  private static final double TOLERANCE = 1e-6;

  /** Of the entry of a gradient; rounding in float64 comes to 1e-16. */
  private static final double NOTICEABLE = 1e-9;

  /** Reads regions, besides what {@code options} say. */
  static WholeStep of(Map<String, String> options) {
    Map<String, String> all = new LinkedHashMap<>();
    all.putAll(Map.of("features", "regions", "regionCount", "" + K, "regionWidth", "" + WIDTH));
    all.putAll(Map.of("heads", "2", "depth", "2"));
    all.putAll(options);
    UniterObjective objective =
        new UniterObjective(
            RecordOptions.override(UniterConfig.DEFAULTS, all),
            Backbones.create("small-cnn", Map.of("width", "4", "stages", "2"), SIZE),
            text(),
            RunSpec.of("small-cnn", SIZE, N, N, 1));
    Graph graph = graph(objective);
    Map<String, Nd> fed = new LinkedHashMap<>();
    graph.parameters().forEach(p -> fed.put(p.name(), start(p)));
    objective.inputs().inputs().forEach(input -> fed.put(input.name(), batch(input)));
    return new WholeStep(objective, graph, fed).at(0);
  }

  private static TextEncoder text() {
    Map<String, String> small = Map.of("length", "" + LENGTH, "width", "8", "heads", "2");
    return TextEncoders.all()
        .require(TextConfig.DEFAULTS.network())
        .create(
            RecordOptions.override(TextConfig.DEFAULTS, small), new Vocabulary(12, 0, 1, 2, 3, 4));
  }

  private static Graph graph(UniterObjective objective) {
    StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), 1);
    Value loss = objective.loss(step);
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("loss", loss);
    outputs.putAll(step.monitors());
    new ReverseMode(StandardRules.withPlugIns())
        .differentiate(step.graph(), loss)
        .forEach((parameter, gradient) -> outputs.put(slope(parameter), gradient));
    return step.graph().build(outputs);
  }

  private static String slope(Parameter parameter) {
    return "d_" + parameter.name();
  }

  private static Nd start(Parameter parameter) {
    Nd drawn = Nd.of(Initializer.draw(parameter, 1));
    boolean matrix = parameter.trainable() && drawn.rank() > 1;
    return matrix ? drawn.map(value -> 8 * value) : drawn;
  }

  private static Nd batch(Input input) {
    Random random = new Random(input.name().hashCode());
    int[] shape = Arrays.stream(input.spec().shape().at(N)).mapToInt(Math::toIntExact).toArray();
    if (input instanceof Input.Image) {
      return Nd.of(shape, i -> random.nextGaussian());
    }
    if (input instanceof Input.Regions) {
      return Nd.of(shape, i -> found(i / WIDTH) ? random.nextGaussian() : 0);
    }
    if (input instanceof Input.Places) {
      return Nd.of(shape, i -> found(i / 7) ? place(i / 7)[i % 7] : 0);
    }
    if (input instanceof Input.RegionClasses classes) {
      return Nd.of(shape, i -> found(i / classes.classes()) ? probability(i) : 0);
    }
    if (input instanceof Input.Mask mask && mask.of().equals("regions")) {
      return Nd.integers(shape, i -> found(i) ? 1 : 0);
    }
    if (input instanceof Input.Mask) {
      return Nd.integers(shape, i -> token(i / LENGTH, i % LENGTH) > 0 ? 1 : 0);
    }
    return input instanceof Input.Text
        ? Nd.integers(shape, i -> token(i / LENGTH, i % LENGTH))
        : Nd.integers(shape, i -> i);
  }

  /** Start, one to three words, end, padding. */
  private static long token(int row, int place) {
    int end = 2 + row % 3;
    if (place == 0 || place >= end) {
      return place == 0 ? 2 : place == end ? 3 : 0;
    }
    return 5 + (3L * row + place) % 7;
  }

  /** Whether a region, counted over all images, is one. */
  static boolean found(int region) {
    return region % K < FOUND[region / K];
  }

  private static double[] place(int region) {
    double x = 0.1 * (region % K);
    double y = 0.05 * Math.floorDiv(region, K);
    return new double[] {x, y, x + 0.4, y + 0.5, 0.4, 0.5, 0.4 * 0.5};
  }

  /** Of one of three classes, one never. */
  private static double probability(int place) {
    double first = 0.1 * (1 + place / 3 % 5);
    return new double[] {first, 1 - first, 0}[place % 3];
  }

  /** The same with another value. */
  WholeStep with(String name, Nd value) {
    assertThat(fed).containsKey(name);
    Map<String, Nd> other = new LinkedHashMap<>(fed);
    other.put(name, value);
    return new WholeStep(objective, graph, other);
  }

  /** The same with a parameter or an input that is everywhere {@code value}. */
  WholeStep filled(String name, double value) {
    return with(name, Nd.of(value(name).shape(), i -> value));
  }

  /** At another step of the run, which draws otherwise. */
  WholeStep at(long step) {
    Map<String, Nd> other = new LinkedHashMap<>(fed);
    other.put(RandomOps.KEY, Nd.integers(new int[0], i -> RandomOps.key(0, step)));
    return new WholeStep(objective, graph, other);
  }

  /** At the first step that draws the task. */
  WholeStep drawing(Task task) {
    return IntStream.range(0, 100)
        .mapToObj(this::at)
        .filter(step -> step.output("task") == List.of(Task.values()).indexOf(task))
        .findFirst()
        .orElseThrow();
  }

  Nd value(String name) {
    return Interpreter.require(fed, name);
  }

  double output(String name) {
    return run().output(name).at(0);
  }

  Interpreter.Step run() {
    return Interpreter.run(graph, fed);
  }

  /** What a cut gives for the same batch with the same weights. */
  Nd cut(String name) {
    Cut cut =
        objective.evaluated().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    GraphBuilder builder = new GraphBuilder(Mode.INFERENCE);
    Map<String, Value> read = new LinkedHashMap<>();
    cut.inputs()
        .forEach(in -> read.put(in.name(), builder.input(in.name(), in.type(), in.shape())));
    Graph network = builder.build(cut.network().attach(builder.scope(cut.scope())).apply(read));
    Map<String, Nd> known = new LinkedHashMap<>(fed);
    known.put("input_ids", value("caption"));
    known.put("attention_mask", value("caption_mask"));
    return Interpreter.run(network, known).outputs().values().iterator().next();
  }

  /** Every trained parameter has a gradient but keys' biases, which softmax undoes. */
  void everyParameterIsReached() {
    Interpreter.Step here = run();
    graph.parameters().stream()
        .filter(parameter -> parameter.trainable())
        .forEach(
            parameter ->
                assertThat(Arrays.stream(here.output(slope(parameter)).toArray()).map(Math::abs))
                    .as(parameter.name())
                    .filteredOn(size -> size > NOTICEABLE)
                    .matches(large -> large.isEmpty() == parameter.name().endsWith("key/bias")));
  }

  /** Of every trained parameter, along a random direction; by a central difference. */
  void gradientsAreSlopes() {
    Interpreter.Step here = run();
    for (Parameter parameter : graph.parameters()) {
      if (parameter.trainable()) {
        gradientIsSlope(parameter, here.output(slope(parameter)));
      }
    }
  }

  private void gradientIsSlope(Parameter parameter, Nd gradient) {
    Nd old = value(parameter.name());
    Random random = new Random(parameter.name().hashCode());
    Nd direction = Nd.of(old.shape(), i -> random.nextGaussian());
    double[] terms =
        IntStream.range(0, old.size()).mapToDouble(i -> gradient.at(i) * direction.at(i)).toArray();
    double scale = Arrays.stream(terms).map(Math::abs).sum();
    double up = moved(parameter.name(), direction, STEP).output("loss");
    double down = moved(parameter.name(), direction, -STEP).output("loss");
    assertThat(Arrays.stream(terms).sum())
        .as("slope of %s", parameter.name())
        .isCloseTo((up - down) / (2 * STEP), within(TOLERANCE * Math.max(1, scale)));
  }

  private WholeStep moved(String name, Nd direction, double step) {
    Nd old = value(name);
    return with(name, Nd.of(old.shape(), i -> old.at(i) + step * direction.at(i)));
  }
}
