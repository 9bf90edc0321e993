package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.model.NodeProto;
import io.github.nolabel.runtime.kernels.node.Operator;
import io.github.nolabel.runtime.kernels.node.Operator.Count;
import io.github.nolabel.runtime.kernels.node.Operator.Maps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operators that read or write bf16 tensors between products of matrices, in a domain of their
 * own. Which of its tensors are in bf16 belongs to an operator; all others are float32.
 */
public final class RowOperators {

  static final String DOMAIN = "io.github.nolabel.rows";

  /** A product's bias is its input 2. */
  static final int BIAS = 2;

  static final Operator ROUNDING =
      on("Round", Count.of(1, 1), Set.of(), Set.of(0), RoundingKernel::of);

  static final Operator LEADING_SUM =
      on("LeadingSum", Count.of(1, 1), Set.of(0), Set.of(), LeadingSumKernel::of);

  private static final Operator GELU =
      on("Gelu", Count.of(1, 1), Set.of(0), Set.of(0), RowKernel::gelu);

  private static final Operator GELU_GRADIENT =
      on("GeluGrad", Count.of(2, 2), Set.of(0, 1), Set.of(0), RowKernel::geluGradient);

  private static final Map<Maps, Operator> PRODUCTS = products();

  private RowOperators() {}

  /** A product of such tensors. */
  static Operator product(Set<Integer> read, Set<Integer> written) {
    return Objects.requireNonNull(PRODUCTS.get(new Maps(read, written)));
  }

  /** The one in bf16 throughout that has this name. */
  static Operator elementwise(NodeProto node) {
    return node.type().equals(GELU.name()) ? GELU : GELU_GRADIENT;
  }

  public static List<Operator> all() {
    return Stream.concat(
            Stream.of(ROUNDING, LEADING_SUM, GELU, GELU_GRADIENT), PRODUCTS.values().stream())
        .toList();
  }

  private static Map<Maps, Operator> products() {
    List<Operator> products = new ArrayList<>();
    for (Set<Integer> read : List.of(Set.<Integer>of(), Set.of(0), Set.of(1), Set.of(0, 1))) {
      for (Set<Integer> written : List.of(Set.<Integer>of(), Set.of(0))) {
        String name =
            "Product"
                + (read.contains(0) ? "A" : "")
                + (read.contains(1) ? "B" : "")
                + (written.contains(0) ? "Y" : "");
        products.add(on(name, Count.of(3, 2), read, written, ProductKernel::of));
      }
    }
    return products.stream().collect(Collectors.toMap(Operator::maps, Function.identity()));
  }

  private static Operator on(
      String name, Count inputs, Set<Integer> read, Set<Integer> written, Operator.Maker maker) {
    return new Operator(DOMAIN, name, inputs, Count.of(1, 1), new Maps(read, written), maker);
  }
}
