package io.github.nolabel.methods.multimodal.defects;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.method.CompiledMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands behind the end of a text is of no effect. */
class PaddingTest {

  /** Features of texts, judgements of pairs, and logits at the tokens' places. */
  @ParameterizedTest
  @CsvSource({"clip, text", "slip, text", "albef, text", "vse, text", "simvlm, decoder"})
  @CsvSource({"uniter, match", "uniter, fusion"})
  void paddingIsNotRead(String method, String cut) {
    for (String network : List.of("bert-tiny", "clip-tiny")) {
      CompiledMethod compiled = TinyPairs.of(method, Map.of()).reading(network).compile();
      Map<String, Tensor> start = TinyPairs.start(compiled.recipe());
      try (Model model = TinyPairs.exported(compiled, start, cut)) {
        Map<String, Tensor> texts = new LinkedHashMap<>(PairNoise.tensors(model.inputs(), 3));
        float[] before = ofTokens(model.run(texts));
        Tensor ids = Objects.requireNonNull(texts.get(TrainingProgram.INPUT_IDS)).copy();
        texts.put(TrainingProgram.INPUT_IDS, otherPadding(ids));
        assertThat(ofTokens(model.run(texts)))
            .as(network)
            .usingComparatorWithPrecision(1e-6f)
            .containsExactly(before);
      }
    }
  }

  private static Tensor otherPadding(Tensor ids) {
    for (int i = 0; i < ids.elements(); i++) {
      if (i % TinyPairs.LENGTH >= PairNoise.tokens(i / TinyPairs.LENGTH)) {
        ids.longs().put(i, 5 + i % 20);
      }
    }
    return ids;
  }

  /** All of a matrix; of tokens' vectors those of no padding. */
  private static float[] ofTokens(Map<String, Tensor> outputs) {
    Tensor output = outputs.values().iterator().next();
    float[] values = output.toFloats();
    int rank = output.shape().rank();
    int width = values.length / TinyPairs.BATCH / (rank == 3 ? TinyPairs.LENGTH : 1);
    double[] kept =
        IntStream.range(0, values.length)
            .filter(i -> rank < 3 || isToken(i / width))
            .mapToDouble(i -> values[i])
            .toArray();
    float[] floats = new float[kept.length];
    IntStream.range(0, kept.length).forEach(i -> floats[i] = (float) kept[i]);
    return floats;
  }

  private static boolean isToken(int place) {
    return place % TinyPairs.LENGTH < PairNoise.tokens(place / TinyPairs.LENGTH);
  }
}
