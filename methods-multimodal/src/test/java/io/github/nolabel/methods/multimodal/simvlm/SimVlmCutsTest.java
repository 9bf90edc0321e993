package io.github.nolabel.methods.multimodal.simvlm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.fragment.text.TextEncoders;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.step.StepGraph;
import io.github.nolabel.testing.Interpreter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of a trained SimVLM that are used on their own. */
class SimVlmCutsTest {

  private static final int SIZE = 32;
  private static final TextEncoder TEXT =
      TextEncoders.all()
          .require("clip-tiny")
          .create(TextConfig.DEFAULTS, new Vocabulary(300, 0, 1, 2, 3, 4));

  @ParameterizedTest
  @CsvSource({"small-cnn", "resnet18", "vit-tiny"})
  void everyBackboneGivesPatchesAndIsPartOfTheWhole(String name) {
    SimVlmObjective objective = objective(name);
    Set<String> trained = trained(objective);
    for (Cut cut : objective.evaluated()) {
      Graph graph = graph(cut, objective.evaluationInput());
      assertThat(trained).as(cut.name()).containsAll(names(graph.parameters()));
    }
    assertThat(new ImagePatches(objective.network().backbone(), 8).count()).isPositive();
  }

  @Test
  void theDecoderGivesLogitsOfEveryNextToken() {
    SimVlmObjective objective = objective("small-cnn");
    assertThat(objective.cuts().stream().map(Cut::name)).containsExactly("backbone", "decoder");
    Cut decoder = objective.cuts().get(1);
    assertThat(decoder.inputs().stream().map(TensorSpec::name))
        .containsExactly("images", "input_ids", "attention_mask");
    Graph graph = graph(decoder, objective.evaluationInput());
    assertThat(graph.outputs()).containsOnlyKeys("logits");
    assertThat(Interpreter.require(graph.outputs(), "logits").shape())
        .isEqualTo(Shape.batched(TEXT.length(), 300));
    assertThat(names(graph.parameters())).isEqualTo(trained(objective));
  }

  private static SimVlmObjective objective(String name) {
    Backbone backbone = Backbones.create(name, Map.of(), SIZE);
    return new SimVlmObjective(
        SimVlmConfig.DEFAULTS, backbone, TEXT, RunSpec.of(name, SIZE, 4, 4, 1));
  }

  private static Graph graph(Cut cut, Shape images) {
    GraphBuilder builder = new GraphBuilder(Mode.INFERENCE);
    List<TensorSpec> specs =
        cut.inputs().isEmpty() ? List.of(TensorSpec.floats("images", images)) : cut.inputs();
    Map<String, Value> inputs = new LinkedHashMap<>();
    specs.forEach(s -> inputs.put(s.name(), builder.input(s.name(), s.type(), s.shape())));
    return builder.build(cut.network().attach(builder.scope(cut.scope())).apply(inputs));
  }

  private static Set<String> trained(SimVlmObjective objective) {
    StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), 1);
    objective.loss(step);
    return names(step.graph().parameters());
  }

  private static Set<String> names(List<Parameter> parameters) {
    Set<String> names = new TreeSet<>();
    parameters.forEach(parameter -> names.add(parameter.name()));
    return names;
  }
}
