package io.github.nolabel.joint;

import static io.github.nolabel.joint.RowCase.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An operator that compares images sees the whole batch. */
class BatchCutTest {

  static Stream<RowCase> together() {
    Shape row = Shape.batched(3);
    return Stream.of(
        on("mean", (g, x) -> g.reduceMean(x.get(0), false, 0), row),
        on("all pairs", (g, x) -> g.matMul(x.get(0), g.transposeMatrix(x.get(0))), row),
        on("correlation", (g, x) -> g.matMul(g.transposeMatrix(x.get(0)), x.get(1)), row, row),
        on("count", (g, x) -> g.elementCount(x.get(0)), row),
        on("softmax over images", (g, x) -> g.softmax(x.get(0), 0), row),
        on("views in a pair", BatchCutTest::viewAgainstView, row, row),
        on("rows of others", BatchCutTest::rowsOfOthers, row));
  }

  @ParameterizedTest
  @MethodSource("together")
  void whatComparesImagesIsBehindTheCut(RowCase one) {
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    Value y = one.build().apply(graph.ops("case"), one.inputs(graph));
    BatchCut cut = BatchCut.of(graph.inputs(), graph.nodes());
    assertThat(cut.behind(List.of(y))).isTrue();
    assertThat(cut.values()).isNotEmpty();
  }

  private static Value viewAgainstView(Ops g, List<Value> x) {
    Value both = g.concat(0, x.get(0), x.get(1));
    return g.sub(both, g.concat(0, x.get(1), g.mul(g.reduceMean(both, true, 0), x.get(0))));
  }

  private static Value rowsOfOthers(Ops g, List<Value> x) {
    return g.gather(x.get(0), g.rowNumbers(x.get(0)));
  }
}
