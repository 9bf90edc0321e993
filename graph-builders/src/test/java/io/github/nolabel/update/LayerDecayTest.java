package io.github.nolabel.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import io.github.nolabel.testing.StepMachine;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights of slope one that start at one: net/first is two layers below the end, net/last one. */
class LayerDecayTest {

  /** The first direction of every one of these rules is the slope's sign. */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam", "adamw"})
  void everyLayerMovesByItsShare(String algorithm) {
    try (StepMachine machine = machine(algorithm, "0.4", true)) {
      machine.step(1, Map.of());
      assertThat(1 - machine.state("net/first/w")[0]).isCloseTo(0.25f * 0.16f, within(1e-6f));
      assertThat(1 - machine.state("net/last/w")[0]).isCloseTo(0.25f * 0.4f, within(1e-6f));
      assertThat(1 - machine.state("head/w")[0]).isCloseTo(0.25f, within(1e-6f));
    }
  }

  @Test
  void noDecayIsTheRunsRate() {
    try (StepMachine machine = machine("sgd", "1", true)) {
      machine.step(1, Map.of());
      assertThat(machine.state("net/first/w")).containsExactly(0.75f);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0.5", "1.01"})
  void otherFactorsAreRefused(String factor) {
    assertThatThrownBy(() -> config("sgd", factor))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("layerDecay");
  }

  @Test
  void aNetworkThatDoesNotTellItsLayersIsRefused() {
    assertThatThrownBy(() -> machine("sgd", "0.5", false).close())
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("layerDecay 0.5 needs a backbone that tells its layers");
    machine("sgd", "1", false).close();
  }

  @ParameterizedTest
  @CsvSource({
    "vit-tiny, cls_token, 13",
    "vit-tiny, pos_embed, 13",
    "vit-tiny, patch_embed/proj/weight, 13",
    "vit-tiny, blocks/0/norm1/weight, 12",
    "vit-tiny, blocks/11/mlp/fc2/bias, 1",
    "vit-tiny, norm/weight, 0",
    "resnet18, conv1/weight, 9",
    "resnet18, bn1/bias, 9",
    "resnet18, layer1/0/conv1/weight, 8",
    "resnet18, layer4/0/downsample/0/weight, 2",
    "resnet18, layer4/1/bn2/weight, 1",
    "small-cnn, stage_1/conv/weight, 3",
    "small-cnn, stage_3/norm/weight, 1"
  })
  void backbonesTellHowManyLayersAreAbove(String backbone, String path, int above) {
    GraphBuilder graph = new GraphBuilder(Mode.TRAINING);
    Backbones.create(backbone, Map.of(), 32).attach(graph.scope("student"));
    Parameter parameter = find(graph, "student/" + path);
    assertThat(parameter.layersAbove()).isEqualTo(above);
    graph.startAt(parameter.value(), Initializer.constant(0));
    assertThat(find(graph, "student/" + path).layersAbove()).isEqualTo(above);
  }

  private static Parameter find(GraphBuilder graph, String name) {
    return graph.parameters().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  private static OptimizerConfig config(String algorithm, String layerDecay) {
    return RecordOptions.override(
        OptimizerConfig.DEFAULTS,
        Map.of(
            "algorithm", algorithm, "weightDecay", "0", "momentum", "0", "layerDecay", layerDecay));
  }

  private static StepMachine machine(String algorithm, String layerDecay, boolean layered) {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    StepGraph step = new StepGraph(builder, 1);
    Scope net = step.scope("net");
    Ops g = step.ops("loss");
    Value first = weight(net.child("first").below(layered ? 2 : 0));
    Value last = weight(net.child("last").below(layered ? 1 : 0));
    Value sum = g.add(g.add(first, last), weight(step.scope("head")));
    Value loss = g.reduceSum(sum, false);
    var gradients = new ReverseMode(StandardRules.table()).differentiate(builder, loss);
    OptimizerConfig config = config(algorithm, layerDecay);
    new Optimizer(config, Schedule.constant(0.25), config.weightDecay(5)).append(step, gradients);
    return new StepMachine(step, Map.of("loss", loss));
  }

  private static Value weight(Scope scope) {
    Initializer one = Initializer.values(Tensor.of(new float[] {1}, 1));
    return scope.weight("w", Shape.of(1), one);
  }
}
