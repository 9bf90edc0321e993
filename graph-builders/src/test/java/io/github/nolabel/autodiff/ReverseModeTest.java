package io.github.nolabel.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Shape;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.graph.Attributes;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReverseModeTest {

  private static final Initializer ZERO = Initializer.constant(0);

  private final GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
  private final Scope net = builder.scope("net");
  private final Ops g = builder.ops("net");
  private final ReverseMode reverse = new ReverseMode(StandardRules.table());

  private Value weight(String name) {
    return net.weight(name, Shape.of(2), ZERO);
  }

  @Test
  void gradientsComeInDeclarationOrderAndInTheParametersShape() {
    Value b = weight("b");
    Value a = weight("a");
    Map<Parameter, Value> gradients =
        reverse.differentiate(builder, g.reduceSum(g.mul(a, g.exp(b)), false));
    assertThat(gradients.keySet().stream().map(Parameter::name)).containsExactly("net/b", "net/a");
    assertThat(gradients.values()).allMatch(value -> value.shape().equals(Shape.of(2)));
  }

  @Test
  void frozenParametersGetNoGradient() {
    Value trained = weight("w");
    Value frozen = builder.frozenScope("teacher").weight("w", Shape.of(2), ZERO);
    Map<Parameter, Value> gradients =
        reverse.differentiate(builder, g.reduceSum(g.mul(trained, frozen), false));
    assertThat(gradients.keySet().stream().map(Parameter::name)).containsExactly("net/w");
  }

  /** Nothing is computed for a branch in which nothing trains, rules or not. */
  @Test
  void operatorsOverFrozenValuesNeedNoRule() {
    Value frozen = builder.frozenScope("teacher").weight("w", Shape.of(2), ZERO);
    Value odd = g.emit("Odd", Shape.of(2), Attributes.NONE, frozen);
    Value loss = g.reduceSum(g.mul(weight("w"), odd), false);
    int before = builder.nodes().size();
    reverse.differentiate(builder, loss);
    assertThat(builder.nodes().subList(before, builder.nodes().size()).stream().map(Node::op))
        .containsExactly("Constant", "ExpandLike", "Mul");
  }

  @Test
  void detachEndsTheActivePath() {
    Value w = weight("w");
    Value detached = g.detach(g.exp(weight("v")));
    assertThatThrownBy(() -> reverse.differentiate(builder, g.reduceSum(g.mul(w, detached), false)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Trainable parameter 'net/v' does not influence the loss. "
                + "Freeze its scope or use it.");
  }

  @Test
  void aParameterThatNothingUsesIsAnError() {
    Value w = weight("w");
    weight("forgotten");
    assertThatThrownBy(() -> reverse.differentiate(builder, g.reduceSum(w, false)))
        .hasMessageContaining("'net/forgotten' does not influence the loss");
  }

  @Test
  void aMissingRuleNamesTheNodeAndTheWayOut() {
    Value odd = g.emit("Odd", Shape.of(2), Attributes.NONE, weight("w"));
    ReverseMode few =
        new ReverseMode(new GradientTable.Builder().nonDifferentiable("Sign").build());
    assertThatThrownBy(() -> few.differentiate(builder, odd))
        .isInstanceOf(MissingGradientException.class)
        .hasMessage(
            """
            No gradient for operator 'Odd': no row in the gradient table; rows exist for [Sign].
              node:   net/Odd_1[2] = Odd(net/w)
              fix:    call detach() on its input if no gradient should flow here,
                      or write it with operators that have a row,
                      or give the operator a row: a plug-in registers a GradientProvider.""");
  }

  @Test
  void anUnsupportedRuleSaysWhy() {
    Value w = weight("w");
    Value loss = g.reduceSum(g.geluGrad(w, w), false);
    assertThatThrownBy(() -> reverse.differentiate(builder, loss))
        .isInstanceOf(MissingGradientException.class)
        .hasMessageStartingWith("No gradient for operator 'GeluGrad': second derivatives are not");
  }

  /** A gradient through a statistic that a rule ignores would silently be wrong. */
  @Test
  void aLossThatUsesAFurtherOutputIsRefused() {
    Value x = net.weight("x", Shape.of(3, 2), ZERO);
    List<Value> results = g.layerNorm(x, weight("gain"), weight("bias"), 1e-5);
    Value loss = g.add(g.reduceSum(results.get(0), false), g.reduceSum(results.get(1), false));
    assertThatThrownBy(() -> reverse.differentiate(builder, loss))
        .isInstanceOf(MissingGradientException.class)
        .hasMessageContaining("the loss depends on a further output of the node");
  }

  @Test
  void aSecondRuleForAnOperatorIsRefused() {
    GradientTable.Builder table = new GradientTable.Builder().nonDifferentiable("Sign");
    assertThatThrownBy(() -> table.unary("Sign", (ops, x, y, dy) -> dy))
        .hasMessage("Operator 'Sign' already has a gradient rule.");
  }

  @Test
  void theBackwardPassIsNamedGradient() {
    Value w = weight("w");
    int before = builder.nodes().size();
    reverse.differentiate(builder, g.reduceSum(g.tanh(w), false));
    assertThat(builder.nodes().stream().skip(before + 2L).map(node -> node.output().name()))
        .allMatch(name -> name.startsWith("gradient/"));
  }
}
