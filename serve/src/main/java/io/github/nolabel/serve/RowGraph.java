package io.github.nolabel.serve;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.OnHeapGraphIndex;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import io.github.nolabel.api.NolabelException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/**
 * Follows a graph of near rows from one to the next (DiskANN, Subramanya et al. 2019, as JVector
 * builds it) and so compares the query with few of them; a near one is missed now and then.
 */
final class RowGraph implements Neighbours {

  private static final int DEGREE = 24;
  private static final int BEAM = 100;
  private static final float OVERFLOW = 1.2f;
  private static final float DETOURS = 1.2f;

  /** More than was asked for is looked at, so that less is missed. */
  private static final int CANDIDATES_PER_RESULT = 4;

  private static final int FEWEST_CANDIDATES = 100;

  private static final VectorSimilarityFunction COSINE = VectorSimilarityFunction.DOT_PRODUCT;

  /**
   * Told to keep quiet: it warns that Java could compute faster with a module still in incubation.
   */
  private static final Logger LOUD = Logger.getLogger(VectorizationProvider.class.getName());

  private static final VectorTypeSupport VECTORS;

  static {
    LOUD.setLevel(Level.SEVERE);
    VECTORS = VectorizationProvider.getInstance().getVectorTypeSupport();
  }

  private final List<float[]> rows;
  private final int[] rowOfNode;
  private final RandomAccessVectorValues vectors;
  private final OnHeapGraphIndex graph;

  private RowGraph(
      List<float[]> rows,
      int[] rowOfNode,
      RandomAccessVectorValues vectors,
      OnHeapGraphIndex graph) {
    this.rows = rows;
    this.rowOfNode = rowOfNode;
    this.vectors = vectors;
    this.graph = graph;
  }

  /**
   * The stored graph with the new rows added to it; a new one if it has a row that is gone.
   *
   * @param keys of the rows
   * @throws io.github.nolabel.api.UserMistake if the file cannot be written
   */
  static RowGraph of(List<float[]> rows, List<String> keys, GraphFile file) {
    Set<String> present = new HashSet<>(keys);
    Optional<GraphFile.Stored> stored = file.load().filter(s -> present.containsAll(s.keys()));
    int[] rowOfNode = order(keys, stored.map(GraphFile.Stored::keys).orElse(List.of()));
    RandomAccessVectorValues vectors = vectors(rows, rowOfNode);
    try (GraphIndexBuilder builder =
        new GraphIndexBuilder(vectors, COSINE, DEGREE, BEAM, OVERFLOW, DETOURS)) {
      int first = 0;
      if (stored.isPresent()) {
        stored.get().into(builder);
        first = stored.get().keys().size();
      }
      if (first < rowOfNode.length) {
        IntStream.range(first, rowOfNode.length)
            .parallel()
            .forEach(node -> builder.addGraphNode(node, vectors.getVector(node)));
        builder.cleanup();
        file.store(Arrays.stream(rowOfNode).mapToObj(keys::get).toList(), builder.getGraph());
      }
      return new RowGraph(rows, rowOfNode, vectors, builder.getGraph());
    } catch (IOException e) {
      throw new NolabelException("The graph of neighbours cannot be built: " + e.getMessage(), e);
    }
  }

  /** The rows of the nodes: first those of the known nodes, then the others. */
  private static int[] order(List<String> keys, List<String> known) {
    Map<String, Integer> rest = new LinkedHashMap<>();
    for (int row = 0; row < keys.size(); row++) {
      rest.put(keys.get(row), row);
    }
    List<Integer> ordered = new ArrayList<>();
    for (String key : known) {
      ordered.add(Objects.requireNonNull(rest.remove(key), key));
    }
    ordered.addAll(rest.values());
    return ordered.stream().mapToInt(Integer::intValue).toArray();
  }

  private static RandomAccessVectorValues vectors(List<float[]> rows, int[] rowOfNode) {
    List<VectorFloat<?>> vectors =
        Arrays.stream(rowOfNode)
            .<VectorFloat<?>>mapToObj(row -> VECTORS.createFloatVector(rows.get(row)))
            .toList();
    return new ListRandomAccessVectorValues(vectors, rows.get(0).length);
  }

  @Override
  public List<Near> nearest(float[] query, int k) {
    int candidates = Math.max(FEWEST_CANDIDATES, CANDIDATES_PER_RESULT * k);
    SearchResult found =
        GraphSearcher.search(
            VECTORS.createFloatVector(query), candidates, vectors, COSINE, graph, Bits.ALL);
    return Arrays.stream(found.getNodes())
        .map(node -> rowOfNode[node.node])
        .map(row -> new Near(row, Embeddings.dot(rows.get(row), query)))
        .sorted(Comparator.comparingDouble(Near::cosine).reversed().thenComparing(Near::row))
        .limit(k)
        .toList();
  }

  @Override
  public boolean exact() {
    return false;
  }
}
