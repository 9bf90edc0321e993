package io.github.nolabel.autodiff.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.autodiff.GradientTable;
import io.github.nolabel.autodiff.InputRule;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing may be emitted that is not checked. */
class CompletenessTest {

  private static final Path OPERATORS = Path.of("src/main/java/io/github/nolabel/graph");
  private static final Pattern EMISSION =
      Pattern.compile(
          "\\b(?:emit|unary|elementwise|comparison|alongAxis|reduce)\\(\\s*\"([A-Z][A-Za-z]+)\"");

  private static final GradientTable TABLE = StandardRules.table();
  private static final List<Node> NODES_OF_CASES =
      Stream.concat(
              GradientCases.all().stream().map(row -> Trial.backward(row).graph()),
              ForwardCases.all().stream().map(row -> Trial.forward(row).graph()))
          .flatMap(graph -> graph.nodes().stream())
          .toList();
  private static final SortedSet<String> EMITTED = new TreeSet<>();

  @BeforeAll
  static void findEmittedOperators() throws IOException {
    try (Stream<Path> files = Files.list(OPERATORS)) {
      for (Path file : files.filter(f -> f.toString().endsWith("Ops.java")).sorted().toList()) {
        Matcher matcher = EMISSION.matcher(Files.readString(file));
        while (matcher.find()) {
          EMITTED.add(matcher.group(1));
        }
      }
    }
  }

  @Test
  void theSearchForOperatorsFindsEveryFamily() {
    assertThat(EMITTED)
        .contains("Add", "Exp", "Less", "Softmax", "ReduceSum", "Conv", "MatMul", "Gather", "Mod")
        .hasSizeGreaterThan(60);
  }

  @Test
  void everyOperatorHasARowInTheGradientTable() {
    assertThat(TABLE.ops()).containsExactlyElementsOf(EMITTED);
  }

  @Test
  void everyOperatorIsRunInBothEvaluators() {
    SortedSet<String> checked = new TreeSet<>();
    NODES_OF_CASES.forEach(node -> checked.add(node.op()));
    assertThat(checked).containsAll(EMITTED);
  }

  @Test
  void everyDifferentiableOperatorHasACaseOfItsOwn() {
    assertThat(GradientCases.all().stream().map(GradientCase::op))
        .containsAll(TABLE.differentiableOps());
  }

  /** A rule that no case reaches would never be tested. */
  @Test
  void everyDifferentiableInputIsDifferentiatedSomewhere() {
    Set<String> reached = new HashSet<>();
    GradientCases.all().forEach(row -> reached.addAll(inputsReached(row)));
    GradientCases.all().stream()
        .flatMap(row -> Trial.forward(row).graph().nodes().stream())
        .forEach(node -> assertThat(reached).containsAll(differentiableInputs(node)));
  }

  @Test
  void noTwoCasesHaveTheSameName() {
    assertThat(GradientCases.all().stream().map(GradientCase::toString)).doesNotHaveDuplicates();
  }

  private static Set<String> differentiableInputs(Node node) {
    Set<String> inputs = new HashSet<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      if (TABLE.rule(node.op(), i).orElseThrow() instanceof InputRule.Differentiable) {
        inputs.add(node.op() + i);
      }
    }
    return inputs;
  }

  /** Operator and position of every input that an operand of the case influences. */
  private static Set<String> inputsReached(GradientCase row) {
    Trial trial = Trial.forward(row);
    Set<Value> active = new HashSet<>(trial.differentiated());
    Set<String> reached = new HashSet<>();
    for (Node node : trial.graph().nodes()) {
      IntStream.range(0, node.inputs().size())
          .filter(i -> active.contains(node.input(i)))
          .forEach(i -> reached.add(node.op() + i));
      if (node.inputs().stream().anyMatch(active::contains)) {
        active.addAll(node.outputs());
      }
    }
    return reached;
  }
}
