package io.github.nolabel.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowGraphTest {

  private static final int WIDTH = 32;

  @TempDir private Path tmp;

  /** Unit vectors around a few centres, as features lie. */
  private static List<float[]> rows(int count, long seed) {
    Random random = new Random(7);
    float[][] centres =
        IntStream.range(0, 20).mapToObj(i -> gaussian(random)).toArray(float[][]::new);
    Random own = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              float[] row = gaussian(own);
              float[] centre = centres[own.nextInt(centres.length)];
              for (int c = 0; c < WIDTH; c++) {
                row[c] = 0.6f * row[c] + centre[c];
              }
              return Embeddings.unit(row);
            })
        .toList();
  }

  private static float[] gaussian(Random random) {
    float[] vector = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private static List<String> keys(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "key-" + i).toList();
  }

  /** The share of the ten true neighbours that the graph finds, over many queries. */
  private static double recall(Neighbours graph, List<float[]> rows) {
    AllRows all = new AllRows(rows);
    double found = 0;
    List<float[]> queries = rows(100, 99);
    for (float[] query : queries) {
      List<Integer> truth = all.nearest(query, 10).stream().map(Neighbours.Near::row).toList();
      List<Neighbours.Near> near = graph.nearest(query, 10);
      assertThat(near).hasSize(10);
      found += near.stream().filter(n -> truth.contains(n.row())).count() / 10.0;
    }
    return found / queries.size();
  }

  @Test
  void itFindsNearlyAllTrueNeighbours() {
    List<float[]> rows = rows(3000, 1);
    RowGraph graph = RowGraph.of(rows, keys(0, 3000), new GraphFile(tmp.resolve("g")));
    assertThat(graph.exact()).isFalse();
    assertThat(recall(graph, rows)).isGreaterThan(0.97);
  }

  @Test
  void everyRowFindsItselfWithItsExactCosine() {
    List<float[]> rows = rows(1000, 2);
    RowGraph graph = RowGraph.of(rows, keys(0, 1000), new GraphFile(tmp.resolve("g")));
    AllRows all = new AllRows(rows);
    for (int row = 0; row < rows.size(); row++) {
      assertThat(graph.nearest(rows.get(row), 1)).isEqualTo(all.nearest(rows.get(row), 1));
    }
  }

  @Test
  void aStoredGraphIsTheSameGraph() throws IOException {
    List<float[]> rows = rows(1000, 3);
    GraphFile file = new GraphFile(tmp.resolve("g"));
    RowGraph made = RowGraph.of(rows, keys(0, 1000), file);
    byte[] bytes = Files.readAllBytes(tmp.resolve("g"));
    RowGraph read = RowGraph.of(rows, keys(0, 1000), file);
    assertThat(Files.readAllBytes(tmp.resolve("g"))).isEqualTo(bytes);
    for (float[] query : rows(50, 4)) {
      assertThat(read.nearest(query, 10)).isEqualTo(made.nearest(query, 10));
    }
  }

  /** New rows stand anywhere among the known ones, as files sort by name. */
  @Test
  void newRowsAreAddedToTheStoredGraph() {
    List<float[]> known = rows(1500, 5);
    GraphFile file = new GraphFile(tmp.resolve("g"));
    RowGraph.of(known, keys(0, 1500), file);
    List<float[]> rows = new ArrayList<>(rows(500, 6));
    rows.addAll(known);
    List<String> keys = new ArrayList<>(keys(9000, 9500));
    keys.addAll(keys(0, 1500));
    RowGraph grown = RowGraph.of(rows, keys, file);
    assertThat(recall(grown, rows)).isGreaterThan(0.97);
    assertThat(file.load().orElseThrow().keys()).startsWith("key-0").endsWith("key-9499");
  }

  @Test
  void aGraphWithARowThatIsGoneIsMadeAnew() {
    List<float[]> rows = rows(1000, 8);
    GraphFile file = new GraphFile(tmp.resolve("g"));
    RowGraph.of(rows, keys(0, 1000), file);
    RowGraph less = RowGraph.of(rows.subList(1, 1000), keys(1, 1000), file);
    assertThat(recall(less, rows.subList(1, 1000))).isGreaterThan(0.97);
    assertThat(file.load().orElseThrow().keys()).isEqualTo(keys(1, 1000));
  }

  @Test
  void aDamagedFileIsAbsent() throws IOException {
    List<float[]> rows = rows(200, 9);
    GraphFile file = new GraphFile(tmp.resolve("g"));
    RowGraph.of(rows, keys(0, 200), file);
    byte[] bytes = Files.readAllBytes(tmp.resolve("g"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(tmp.resolve("g"), bytes);
    assertThat(file.load()).isEmpty();
    RowGraph.of(rows, keys(0, 200), file);
    assertThat(file.load()).isPresent();
  }
}
