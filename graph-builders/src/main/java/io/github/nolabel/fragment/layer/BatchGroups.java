package io.github.nolabel.fragment.layer;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Passes a batch in parts, so that batch normalisation sees one part at a time, as on several
 * devices (He et al. 2020, section 3.3). Images that are neighbours in order are apart when mixed:
 * a query and its key then share no statistics that would give the pair away. The first parts take
 * what is left over.
 *
 * @param groups how many parts; 1 passes the batch as it is
 * @param batchSize images in a batch, at least {@code groups}
 */
public record BatchGroups(int groups, int batchSize) {

  /** The shape of a view: with several parts, the batch size becomes fixed. */
  public Shape shape(Shape input) {
    if (groups == 1) {
      return input;
    }
    List<Dim> dims = new ArrayList<>(input.dims());
    dims.set(0, Dim.of(batchSize));
    return new Shape(dims);
  }

  /** Neighbours together. */
  public TensorFunction inOrder(Ops g, TensorFunction network) {
    return groups == 1 ? network : x -> parts(g, network, x);
  }

  /** Neighbours apart; rows come back in their order. */
  public TensorFunction mixed(Ops g, TensorFunction network) {
    if (groups == 1) {
      return network;
    }
    int[] order = IntStream.range(0, groups).flatMap(this::everyOther).toArray();
    int[] back = new int[batchSize];
    IntStream.range(0, batchSize).forEach(row -> back[order[row]] = row);
    return x -> rows(g, parts(g, network, rows(g, x, order)), back);
  }

  private IntStream everyOther(int group) {
    return IntStream.iterate(group, row -> row < batchSize, row -> row + groups);
  }

  private Value parts(Ops g, TensorFunction network, Value x) {
    long[] sizes = new long[groups];
    for (int group = 0; group < groups; group++) {
      sizes[group] = (long) batchSize / groups + (group < batchSize % groups ? 1 : 0);
    }
    return g.concat(0, g.split(x, 0, sizes).stream().map(network::apply).toList());
  }

  private static Value rows(Ops g, Value x, int[] order) {
    Tensor indices = Tensor.zeros(ElementType.INT64, order.length);
    LongBuffer numbers = indices.longs();
    for (int row : order) {
      numbers.put(row);
    }
    return g.gather(x, g.constant(indices));
  }
}
