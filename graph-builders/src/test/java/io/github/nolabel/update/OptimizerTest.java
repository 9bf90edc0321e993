package io.github.nolabel.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.control.ScheduledInput;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.OptimizerConfig.Algorithm;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Chains of update rules, run by the ONNX Runtime in float32, follow the textbook in float64 over
 * many steps. The loss is {@code sum(curvature (w - target)^2) / 2}, so the gradient is known.
 */
class OptimizerTest {

  private static final int STEPS = 60;
  private static final double TRUST = 0.02;
  private static final double[] CURVATURE = {1, 0.3, 4, 0.01};
  private static final double[] TARGET = {1, -2, 0.5, 3};
  private static final double[] START = {0.1, 0.2, -0.3, 0.4};
  private static final Schedule RATE = Schedule.cosine(0.1, 0.01, STEPS).afterWarmup(5);

  static List<OptimizerConfig> configurations() {
    return List.of(
        config(Algorithm.ADAMW, 0.05, 0, false, 0, 1),
        config(Algorithm.ADAM, 0.05, 0, false, 0, 1),
        config(Algorithm.SGD, 0.01, 0, false, 0, 1),
        config(Algorithm.SGD, 0.01, 0.9, false, 0, 1),
        config(Algorithm.SGD, 0.01, 0.9, true, 0, 1),
        config(Algorithm.SGD, 0.01, 0.9, true, 0.7, 1),
        config(Algorithm.ADAMW, 0.05, 0, false, 0.5, 1),
        config(Algorithm.ADAMW, 0.05, 0, false, 0.5, 3),
        config(Algorithm.SGD, 0.01, 0.9, false, 0, 4),
        config(Algorithm.LARS, 0.01, 0.9, false, 0, 1),
        config(Algorithm.LARS, 0.01, 0.9, true, 0.7, 2));
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void equalsTheReferenceOverManySteps(OptimizerConfig config) {
    Run run = new Run(config, true);
    Reference reference = new Reference(config, START, true);
    for (int step = 0; step < STEPS; step++) {
      run.update(step, config.accumulate());
      reference.update(step);
    }
    assertThat(run.weights()).usingComparatorWithPrecision(2e-5).containsExactly(reference.w);
  }

  @Test
  void biasesHaveNoWeightDecay() {
    OptimizerConfig config = config(Algorithm.ADAMW, 0.5, 0, false, 0, 1);
    Run run = new Run(config, false);
    Reference reference = new Reference(config, START, false);
    for (int step = 0; step < STEPS; step++) {
      run.update(step, 1);
      reference.update(step);
    }
    assertThat(run.weights()).usingComparatorWithPrecision(2e-5).containsExactly(reference.w);
  }

  @Test
  void nothingIsWrittenBeforeTheLastMicroStep() {
    Run run = new Run(config(Algorithm.ADAMW, 0.05, 0, false, 0, 3), true);
    double[] before = run.weights();
    run.micro(0, false);
    run.micro(0, false);
    assertThat(run.weights()).containsExactly(before);
    run.micro(0, true);
    assertThat(run.weights()).doesNotContain(before);
  }

  @Test
  void theNormIsReportedBeforeClipping() {
    Run run = new Run(config(Algorithm.SGD, 0, 0, false, 1e-3, 1), true);
    double squares = 0;
    for (int i = 0; i < START.length; i++) {
      squares += Math.pow(CURVATURE[i] * (START[i] - TARGET[i]), 2);
    }
    assertThat(run.micro(0, true)).isCloseTo(Math.sqrt(squares), within(1e-5));
  }

  private static OptimizerConfig config(
      Algorithm algorithm,
      double decay,
      double momentum,
      boolean nesterov,
      double clip,
      int accumulate) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("algorithm", algorithm.name());
    options.put("weightDecay", Double.toString(decay));
    options.put("momentum", Double.toString(momentum));
    options.put("nesterov", Boolean.toString(nesterov));
    options.put("trustRatio", Double.toString(TRUST));
    options.put("clipNorm", Double.toString(clip));
    options.put("accumulate", Integer.toString(accumulate));
    return RecordOptions.override(OptimizerConfig.DEFAULTS, options);
  }

  /** The graph under test with its state. */
  private static final class Run {

    private final Graph graph;
    private final OrtEvaluator evaluator;
    private final List<ScheduledInput> schedules;
    private final Map<String, Tensor> state = new LinkedHashMap<>();

    Run(OptimizerConfig config, boolean weight) {
      GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
      Initializer start = Initializer.values(tensor(START));
      var scope = builder.scope("model");
      Value w =
          weight ? scope.weight("w", Shape.of(4), start) : scope.bias("w", Shape.of(4), start);
      Ops g = builder.ops("loss");
      Value distance = g.sub(w, g.constant(tensor(TARGET)));
      Value bowl = g.mul(g.mul(distance, distance), g.constant(tensor(CURVATURE)));
      Value loss = g.mul(g.reduceSum(bowl, false), 0.5);
      var gradients = new ReverseMode(StandardRules.table()).differentiate(builder, loss);
      StepGraph step = new StepGraph(builder, config.accumulate());
      Value norm = new Optimizer(config, RATE, config.weightDecay(STEPS)).append(step, gradients);
      schedules = step.controllers().stream().map(ScheduledInput.class::cast).toList();
      graph = builder.build(Map.of("norm", norm));
      graph.parameters().forEach(p -> state.put(p.name(), Initializer.draw(p, 1)));
      evaluator = new OrtEvaluator(graph);
    }

    void update(int step, int accumulate) {
      for (int micro = 1; micro <= accumulate; micro++) {
        micro(step, micro == accumulate);
      }
    }

    double micro(int step, boolean last) {
      Map<String, Tensor> fed = new LinkedHashMap<>(state);
      schedules.forEach(s -> fed.put(s.input(), Tensor.scalar(s.schedule().at(step))));
      Tensor apply = Tensor.zeros(ElementType.BOOL);
      apply.bytes().put((byte) (last ? 1 : 0));
      fed.put(TrainingProgram.APPLY, apply);
      return Interpreter.require(evaluator.run(fed), "norm").toFloats()[0];
    }

    double[] weights() {
      float[] values = Interpreter.require(state, "model/w").toFloats();
      return java.util.stream.IntStream.range(0, 4).mapToDouble(i -> values[i]).toArray();
    }
  }

  /** PyTorch's documented algorithms, written out. */
  private static final class Reference {

    private final OptimizerConfig config;
    private final double decay;
    private final double[] w;
    private final double[] m = new double[4];
    private final double[] v = new double[4];

    Reference(OptimizerConfig config, double[] start, boolean decays) {
      this.config = config;
      this.decay = decays ? config.weightDecay() : 0;
      this.w = start.clone();
    }

    void update(int step) {
      double lr = RATE.at(step);
      double[] gradient = new double[4];
      double squares = 0;
      for (int i = 0; i < 4; i++) {
        gradient[i] = CURVATURE[i] * (w[i] - TARGET[i]);
        squares += gradient[i] * gradient[i];
      }
      double scale =
          config.clipNorm() == 0 ? 1 : Math.min(1, config.clipNorm() / (Math.sqrt(squares) + 1e-6));
      double trust = trustRatio(gradient, scale);
      for (int i = 0; i < 4; i++) {
        double g = gradient[i] * scale;
        switch (config.algorithm().name()) {
          case "adamw" -> {
            w[i] *= 1 - lr * decay;
            w[i] -= lr * adam(i, g, step + 1);
          }
          case "adam" -> w[i] -= lr * adam(i, g + decay * w[i], step + 1);
          case "sgd" -> w[i] -= lr * momentum(i, g + decay * w[i]);
          case "lars" -> w[i] -= lr * momentum(i, trust * (g + decay * w[i]));
        }
      }
    }

    private double trustRatio(double[] gradient, double scale) {
      double weights = 0;
      double directions = 0;
      for (int i = 0; i < 4; i++) {
        weights += w[i] * w[i];
        directions += Math.pow(gradient[i] * scale + decay * w[i], 2);
      }
      return TRUST * Math.sqrt(weights / directions);
    }

    private double adam(int i, double g, int t) {
      m[i] = 0.9 * m[i] + 0.1 * g;
      v[i] = 0.999 * v[i] + 0.001 * g * g;
      double mean = m[i] / (1 - Math.pow(0.9, t));
      return mean / (Math.sqrt(v[i] / (1 - Math.pow(0.999, t))) + 1e-8);
    }

    private double momentum(int i, double g) {
      m[i] = config.momentum() * m[i] + g;
      return config.nesterov() ? g + config.momentum() * m[i] : m[i];
    }
  }

  private static Tensor tensor(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensor.of(floats, floats.length);
  }
}
