package io.github.nolabel.methods.multimodal.defects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.method.CompiledMethod;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The loss of a run's first step is the paper's formula, written out in float64, of the features
 * that the exported and untrained towers give for the same batch. The image network normalises no
 * batch, so that training and export see the same.
 */
class FirstLossTest {

  private static final int N = TinyPairs.BATCH;
  private static final int WIDTH = 8;
  private static final double MARGIN = 0.3;

  @TempDir Path directory;

  @Test
  void clipIsACrossEntropyBothWays() {
    check("clip", Map.of(), s -> crossEntropy(times(s, 1 / 0.07, 0)));
    check("clip", Map.of("initTau", "1"), s -> crossEntropy(times(s, Math.E, 0)));
  }

  @Test
  void sigLipJudgesEveryPair() {
    check("clip", Map.of("useSiglip", "true"), s -> judgements(times(s, 10, -10)));
    Map<String, String> own = Map.of("useSiglip", "true", "initTau", "2", "initBias", "-1");
    check("clip", own, s -> judgements(times(s, Math.exp(2), -1)));
  }

  @Test
  void slipsCaptionsCountAsClipsDo() {
    check("slip", Map.of("sslScale", "0"), s -> crossEntropy(times(s, 1 / 0.07, 0)));
  }

  @Test
  void vseSumsAllViolationsFirst() {
    check("vse", vse("1", "pooled"), s -> hinges(s, true));
    check("vse", vse("1", "adaptive"), s -> hinges(s, true));
  }

  @Test
  void vseCountsTheWorstViolationThen() {
    check("vse", vse("0", "pooled"), s -> hinges(s, false));
  }

  @Test
  void vseTakesAsManyNegativesAsScoresAskFor() {
    Map<String, String> options = Map.of("margin", "" + MARGIN, "scale", "1.25");
    check("vse", options, FirstLossTest::adaptive);
  }

  private static Map<String, String> vse(String warmup, String pooling) {
    return Map.of(
        "objective",
        "max-violation",
        "margin",
        "" + MARGIN,
        "warmupEpochs",
        warmup,
        "pooling",
        pooling);
  }

  private void check(
      String method, Map<String, String> options, ToDoubleFunction<double[][]> formula) {
    TinyPairs pairs = TinyPairs.of(method, options).on(TinyPairs.VIT);
    CompiledMethod compiled = pairs.compile();
    Path folder = directory.resolve(method + options.hashCode());
    double loss = TinyPairs.train(compiled.recipe(), folder, 1).get(0).loss();
    double expected = formula.applyAsDouble(cosines(compiled));
    assertThat(loss)
        .as("%s %s", method, options)
        .isCloseTo(expected, within(1e-4 * Math.max(1, expected)));
  }

  private static double[][] cosines(CompiledMethod compiled) {
    Map<String, Tensor> batch = new PairNoise(compiled.recipe().inputs()).at(0).tensors();
    Map<String, Tensor> fed = new LinkedHashMap<>();
    fed.put(TrainingProgram.IMAGES, Objects.requireNonNull(batch.get("image")));
    fed.put(TrainingProgram.INPUT_IDS, Objects.requireNonNull(batch.get("caption")));
    fed.put(TrainingProgram.ATTENTION_MASK, Objects.requireNonNull(batch.get("caption_mask")));
    float[] images = features(compiled, "image", fed);
    float[] texts = features(compiled, "text", fed);
    double[][] cosines = new double[N][N];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        for (int d = 0; d < WIDTH; d++) {
          cosines[i][j] += (double) images[i * WIDTH + d] * texts[j * WIDTH + d];
        }
      }
    }
    return cosines;
  }

  private static float[] features(CompiledMethod compiled, String cut, Map<String, Tensor> fed) {
    Map<String, Tensor> start = TinyPairs.start(compiled.recipe());
    try (Model model = TinyPairs.exported(compiled, start, cut)) {
      Map<String, Tensor> read = new LinkedHashMap<>(fed);
      read.keySet().retainAll(model.inputs().stream().map(spec -> spec.name()).toList());
      return Objects.requireNonNull(model.run(read).get(TrainingProgram.FEATURES)).toFloats();
    }
  }

  private static double[][] times(double[][] scores, double factor, double addend) {
    return Arrays.stream(scores)
        .map(row -> Arrays.stream(row).map(score -> factor * score + addend).toArray())
        .toArray(double[][]::new);
  }

  private static double[][] transposed(double[][] square) {
    double[][] transposed = new double[N][N];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        transposed[j][i] = square[i][j];
      }
    }
    return transposed;
  }

  private static double crossEntropy(double[][] logits) {
    double sum = 0;
    for (double[][] square : new double[][][] {logits, transposed(logits)}) {
      for (int i = 0; i < N; i++) {
        sum += Math.log(Arrays.stream(square[i]).map(Math::exp).sum()) - square[i][i];
      }
    }
    return sum / (2 * N);
  }

  private static double judgements(double[][] logits) {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        sum += Math.log1p(Math.exp(i == j ? -logits[i][j] : logits[i][j]));
      }
    }
    return sum / N;
  }

  private static double hinges(double[][] scores, boolean all) {
    double sum = 0;
    for (double[][] square : new double[][][] {scores, transposed(scores)}) {
      for (int i = 0; i < N; i++) {
        double worst = 0;
        for (int j = 0; j < N; j++) {
          double hinge = i == j ? 0 : Math.max(0, MARGIN - square[i][i] + square[i][j]);
          worst = Math.max(worst, hinge);
          sum += all ? hinge : 0;
        }
        sum += all ? 0 : worst;
      }
    }
    return sum / N;
  }

  /** Temperature 0.01; the formula is that of AdaptiveContrast. */
  private static double adaptive(double[][] scores) {
    double alignment = 0;
    double uniformity = 0;
    for (int i = 0; i < N; i++) {
      alignment += scores[i][i] / N;
      for (int j = 0; j < N; j++) {
        uniformity += Math.exp(i == j ? 0 : -scores[i][j]) / (N * N);
      }
    }
    double angle = Math.pow(Math.max(0, alignment + uniformity), 1.25);
    int negatives = Math.min(Math.max((int) (N * Math.cos(angle)) + 1, 1), N - 1);
    double sum = 0;
    for (double[][] square : new double[][][] {scores, transposed(scores)}) {
      for (int i = 0; i < N; i++) {
        double[] others = new double[N - 1];
        for (int j = 0; j < N - 1; j++) {
          others[j] = square[i][j < i ? j : j + 1];
        }
        Arrays.sort(others);
        double all = 1;
        for (int k = 0; k < negatives; k++) {
          all += Math.exp((MARGIN + others[N - 2 - k] - square[i][i]) / 0.01);
        }
        sum += Math.log(all);
      }
    }
    return sum / (2 * N);
  }
}
