package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.convolution.ConvolutionGradientKernel;
import io.github.nolabel.runtime.kernels.convolution.ConvolutionKernel;
import io.github.nolabel.runtime.kernels.model.NodeProto;
import io.github.nolabel.runtime.kernels.node.Operator;
import io.github.nolabel.runtime.kernels.node.Operator.Count;
import io.github.nolabel.runtime.kernels.node.Operator.Maps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The operators that work on feature maps in the kernels' own layout. They have a domain of their
 * own and are put in the place of those whose name they have, or of some in a row.
 */
public final class MapOperators {

  static final String DOMAIN = "io.github.nolabel.maps";

  private static final String MICROSOFT = "com.microsoft";

  static final String BATCH_NORM = "BatchNormInternal";
  static final String BATCH_NORM_GRADIENT = "BatchNormalizationGrad";

  /** From ONNX's layout into the kernels'. */
  static final Operator ENTRY =
      on("Entry", Count.of(1, 1), Count.of(1, 1), Set.of(), Set.of(0), MapEdgeKernel::entry);

  /** From the kernels' layout into ONNX's. */
  static final Operator EXIT =
      on("Exit", Count.of(1, 1), Count.of(1, 1), Set.of(0), Set.of(), MapEdgeKernel::exit);

  /** Its input 5 is what is added before ReLU, if there is one. */
  static final Operator BATCH_NORM_RELU =
      on(
              "BatchNormRelu",
              Count.of(6, 5),
              Count.of(5, 1),
              Set.of(0, 5),
              Set.of(0),
              BatchNormKernel::withRelu)
          .updatingStatistics();

  /**
   * Its input 0 arrives after ReLU, input 5 is ReLU's result and input 6 is added to input 0, if
   * there is one; its output 3 is what arrives before ReLU.
   */
  static final Operator BATCH_NORM_RELU_GRADIENT =
      on(
          "BatchNormReluGrad",
          Count.of(7, 6),
          Count.of(4, 3),
          Set.of(0, 1, 5, 6),
          Set.of(0, 3),
          BatchNormGradientKernel::withRelu);

  /** Of maxima over windows; its input 0 is dy, input 1 is x. */
  static final Operator POOLING_GRADIENT =
      on(
          "MaxPoolGrad",
          Count.of(2, 2),
          Count.of(1, 1),
          Set.of(0, 1),
          Set.of(0),
          PoolingKernel::gradient);

  private static final Map<Row, Operator> REPLACED = replaced();

  private MapOperators() {}

  /**
   * When a node is replaced: at once, if one of the maps that it reads is in the kernels' layout
   * already, or if all of them are.
   */
  enum Need {
    NONE,
    ONE,
    ALL
  }

  /** An operator that is replaced. */
  record Row(String domain, String name, Need need) {}

  private static Map<Row, Operator> replaced() {
    Map<Row, Operator> rows = new LinkedHashMap<>();
    rows.put(
        new Row("", "Conv", Need.NONE),
        on(
            "Conv",
            Count.of(3, 2),
            Count.of(1, 1),
            Set.of(0),
            Set.of(0),
            ConvolutionKernel.OPERATOR.maker()));
    rows.put(
        new Row(MICROSOFT, "ConvGrad", Need.NONE),
        on(
            "ConvGrad",
            Count.of(3, 3),
            Count.of(3, 0),
            Set.of(0, 1),
            Set.of(0),
            ConvolutionGradientKernel.OPERATOR.maker()));
    rows.put(
        new Row(MICROSOFT, BATCH_NORM, Need.ONE),
        on(BATCH_NORM, Count.of(5, 5), Count.of(5, 1), Set.of(0), Set.of(0), BatchNormKernel::of)
            .updatingStatistics());
    rows.put(
        new Row(MICROSOFT, BATCH_NORM_GRADIENT, Need.ONE),
        on(
            BATCH_NORM_GRADIENT,
            Count.of(5, 5),
            Count.of(3, 3),
            Set.of(0, 1),
            Set.of(0),
            BatchNormGradientKernel::of));
    rows.put(
        new Row("", "MaxPool", Need.ONE),
        on("MaxPool", Count.of(1, 1), Count.of(1, 1), Set.of(0), Set.of(0), PoolingKernel::new));
    rows.put(new Row(DOMAIN, POOLING_GRADIENT.name(), Need.NONE), POOLING_GRADIENT);
    rows.put(
        new Row("", "Relu", Need.ONE),
        on("Relu", Count.of(1, 1), Count.of(1, 1), Set.of(0), Set.of(0), ElementwiseKernel::relu));
    rows.put(
        new Row(MICROSOFT, "ReluGrad", Need.ONE),
        on(
            "ReluGrad",
            Count.of(2, 2),
            Count.of(1, 1),
            Set.of(0, 1),
            Set.of(0),
            ElementwiseKernel::reluGradient));
    rows.put(
        new Row("", "Add", Need.ALL),
        on("Add", Count.of(2, 2), Count.of(1, 1), Set.of(0, 1), Set.of(0), ElementwiseKernel::add));
    return rows;
  }

  /** Whether the node has become this one of them. */
  static boolean is(NodeProto node, String name) {
    return node.domain().equals(DOMAIN) && node.type().equals(name);
  }

  public static List<Operator> all() {
    return Stream.concat(
            REPLACED.values().stream(),
            Stream.of(ENTRY, EXIT, BATCH_NORM_RELU, BATCH_NORM_RELU_GRADIENT))
        .toList();
  }

  /** The row of this operator, if there is one. */
  static Optional<Map.Entry<Row, Operator>> inPlaceOf(String domain, String name) {
    return REPLACED.entrySet().stream()
        .filter(row -> row.getKey().domain().equals(domain) && row.getKey().name().equals(name))
        .findFirst();
  }

  private static Operator on(
      String name,
      Count inputs,
      Count outputs,
      Set<Integer> mapsIn,
      Set<Integer> mapsOut,
      Operator.Maker maker) {
    return new Operator(DOMAIN, name, inputs, outputs, new Maps(mapsIn, mapsOut), maker);
  }
}
