package io.github.nolabel.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.site.figure.MethodFigure;
import org.junit.jupiter.api.Test;

/** A picture shows what trains, what follows, and where the gradient is stopped. */
class MethodFigureTest {

  private static final String GRAPH =
      """
      input     view_1 float[N, 4]
      input     view_2 float[N, 4]
      input     rate float[]
      parameter student/weight[4, 4] weight
      state     teacher/weight[4, 4] weight
      node      student/MatMul_1[N, 4] = MatMul(view_1, student/weight)
      node      teacher/MatMul_1[N, 4] = MatMul(view_2, teacher/weight)
      node      monitor/Detach_1[N, 4] = Detach(student/MatMul_1)
      node      loss/Sub_1[N, 4] = Sub(TARGET, teacher/MatMul_1)
      node      loss/ReduceMean_1[] = ReduceMean(loss/Sub_1) {axes=[0, 1], keepdims=0}
      output    loss = loss/ReduceMean_1
      output    reported = monitor/Detach_1
      """;

  @Test
  void networksAreMarkedByWhatBecomesOfTheirWeights() {
    String svg = svg("student/MatMul_1");
    assertThat(svg).containsOnlyOnce("class=\"trained\"").containsOnlyOnce("class=\"loss\"");
    assertThat(svg).containsOnlyOnce("class=\"follows\"").contains(">follows student<");
    assertThat(svg).contains(">view_1<", ">view_2<").doesNotContain(">rate<", ">monitor<");
  }

  @Test
  void aGradientIsDrawnWhereItFlowsAndBarredWhereItIsStopped() {
    assertThat(svg("student/MatMul_1"))
        .containsOnlyOnce("class=\"gradient\"")
        .doesNotContain("class=\"stop\"");
    assertThat(svg("monitor/Detach_1"))
        .doesNotContain("class=\"gradient\"")
        .containsOnlyOnce("class=\"stop\"");
  }

  private static String svg(String target) {
    return MethodFigure.of(GRAPH.replace("TARGET", target)).svg();
  }
}
