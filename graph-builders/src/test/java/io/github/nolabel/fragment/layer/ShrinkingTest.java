package io.github.nolabel.fragment.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ShrinkingTest {

  /** By PIL 12.3: an image of mode F, sin(3 row + column), resized with BILINEAR. */
  private static final double[] BY_PIL = {
    0.10162998735904694,
    0.08643656969070435,
    -0.10298572480678558,
    0.014086590148508549,
    0.09097054600715637,
    -0.01551344059407711,
    -0.07130471616983414,
    0.10940267890691757,
    0.06958875805139542
  };

  private static double[] shrunk(int from, int to, IntToDoubleFunction pixel) {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    Value x = builder.input("x", Shape.batched(1, from, from));
    Graph graph = builder.build(Map.of("y", new Shrinking(from, to).of(builder.ops("s"), x)));
    Nd images = Nd.of(new int[] {1, 1, from, from}, pixel);
    double[] reference = Interpreter.run(graph, Map.of("x", images)).output("y").toArray();
    Map<String, Tensor> fed = Map.of("x", images.toTensor());
    Nd byRuntime = Nd.of(Interpreter.require(OrtEvaluator.evaluate(graph, fed), "y"));
    assertThat(byRuntime.toArray()).usingComparatorWithPrecision(1e-5).containsExactly(reference);
    return reference;
  }

  @Test
  void equalsPil() {
    assertThat(shrunk(5, 3, i -> Math.sin(3 * (i / 5) + i % 5)))
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(BY_PIL);
  }

  /** At a ratio of 2, the pixels at distances 0.5, 0.5 and 1.5 weigh 3, 3 and 1. */
  @Test
  void halvesWithTheTrianglesWeights() {
    double[] columns = shrunk(4, 2, i -> new double[] {7, 0, 14, 21}[i % 4]);
    assertThat(columns).usingComparatorWithPrecision(1e-5).containsExactly(5, 15, 5, 15);
  }

  @Test
  void onePixelIsTheMeanOfTwo() {
    assertThat(shrunk(2, 1, i -> i)).usingComparatorWithPrecision(1e-6).containsExactly(1.5);
  }

  @Test
  void plainImagesStayPlain() {
    assertThat(shrunk(7, 3, i -> 5)).usingComparatorWithPrecision(1e-5).containsOnly(5);
  }

  @Test
  void theSameSizeIsTheSameImage() {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    Value x = builder.input("x", Shape.batched(3, 8, 8));
    assertThat(new Shrinking(8, 8).of(builder.ops("s"), x)).isSameAs(x);
  }

  @Test
  void doesNotEnlarge() {
    assertThatThrownBy(() -> new Shrinking(8, 9)).isInstanceOf(UserMistake.class);
  }
}
