package io.github.nolabel.fragment.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.head.Mlp.Layer;
import io.github.nolabel.fragment.head.Mlp.Norm;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class MlpTest {

  @Test
  void aDenseLayerHasABiasOnlyWithoutBatchNormalisation() {
    assertThat(trained(Mlp.of(4, Layer.hidden(8), Layer.linear(2))))
        .containsExactly(
            "h/layer_1/weight",
            "h/layer_1/norm/weight",
            "h/layer_1/norm/bias",
            "h/layer_2/weight",
            "h/layer_2/bias");
  }

  @Test
  void plainBatchNormalisationHasNothingToTrain() {
    assertThat(trained(Mlp.of(4, new Layer(8, Norm.BATCH_PLAIN, Activation.NONE))))
        .containsExactly("h/layer_1/weight");
  }

  @Test
  void theFirstLayersKeepTheirNames() {
    Mlp head = Mlp.of(4, Layer.hidden(8), Layer.linear(2));
    List<String> all = trained(head);
    List<String> first = trained(head.first(1));
    assertThat(all).containsAll(first);
    assertThat(first).hasSize(3);
  }

  @Test
  void widthsFollowTheLayers() {
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    Value x = graph.input("x", Shape.batched(4));
    Value y = Mlp.of(4, Layer.hidden(8), Layer.linear(2)).attach(graph.scope("h")).apply(x);
    assertThat(y.shape()).isEqualTo(Shape.batched(2));
  }

  private static List<String> trained(Mlp head) {
    GraphBuilder graph = new GraphBuilder(Mode.TRAINING);
    head.attach(graph.scope("h"));
    return graph.parameters().stream().filter(Parameter::trainable).map(Parameter::name).toList();
  }
}
