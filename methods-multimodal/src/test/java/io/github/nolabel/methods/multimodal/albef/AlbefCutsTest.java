package io.github.nolabel.methods.multimodal.albef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.fragment.text.TextEncoders;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.method.Methods;
import io.github.nolabel.method.Networks;
import io.github.nolabel.update.Optimizers;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What of ALBEF can be used after training, in the runtime. */
class AlbefCutsTest {

  private static final int PAIRS = 2;
  private static final int PIXELS = 16;
  private static final RunSpec RUN = RunSpec.of("small-cnn", PIXELS, 4, 16, 1);

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

  @Test
  void anImagesTokensAndATextAreJudged() throws OrtException {
    CompiledMethod method = albef(4);
    assertThat(method.exporter().cuts())
        .containsExactly("backbone", "image", "text", "tokens", "match", "words");
    int texts = TextConfig.DEFAULTS.length();
    long[] shape = {PAIRS, texts};
    try (OrtSession tokens = session(method, "tokens");
        OrtSession match = session(method, "match");
        OnnxTensor images = floats(PAIRS, 3, PIXELS, PIXELS);
        OrtSession.Result seen = tokens.run(Map.of("images", images));
        OnnxTensor ids = ones(shape);
        OnnxTensor mask = ones(shape);
        OrtSession.Result judged =
            match.run(
                Map.of(
                    "image_tokens",
                    (OnnxTensor) seen.get(0),
                    "input_ids",
                    ids,
                    "attention_mask",
                    mask))) {
      FloatBuffer yes = ((OnnxTensor) judged.get(0)).getFloatBuffer();
      assertThat(yes.remaining()).isEqualTo(PAIRS);
      for (int i = 0; i < PAIRS; i++) {
        assertThat(yes.get(i)).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void aTokenizerWithoutAMaskTokenIsRefused() {
    assertThatThrownBy(() -> albef(Vocabulary.NONE))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("the tokenizer has no mask token");
  }

  private static CompiledMethod albef(int mask) {
    Vocabulary vocabulary = new Vocabulary(32, 0, 1, 2, 3, mask);
    TextEncoder text =
        TextEncoders.all().require("bert-tiny").create(TextConfig.DEFAULTS, vocabulary);
    Networks networks = Networks.of(Backbones.create("small-cnn", Map.of(), PIXELS), text);
    return Methods.compile(AlbefConfig.METHOD, Map.of(), RUN, networks, Optimizers.standard());
  }

  private OrtSession session(CompiledMethod method, String cut) throws OrtException {
    Map<String, Tensor> state = new TreeMap<>();
    method.recipe().program().state().forEach(s -> state.put(s.name(), s.initial()));
    return environment.createSession(
        method.exporter().export(state, cut, Map.of()).bytes(), new OrtSession.SessionOptions());
  }

  private OnnxTensor floats(long... shape) throws OrtException {
    int count = Math.toIntExact(shape[0] * shape[1] * shape[2] * shape[3]);
    FloatBuffer values = FloatBuffer.allocate(count);
    for (int i = 0; i < count; i++) {
      values.put(i, (float) Math.sin(i));
    }
    return OnnxTensor.createTensor(environment, values, shape);
  }

  private OnnxTensor ones(long... shape) throws OrtException {
    LongBuffer values = LongBuffer.allocate(Math.toIntExact(shape[0] * shape[1]));
    for (int i = 0; i < values.capacity(); i++) {
      values.put(i, 1);
    }
    return OnnxTensor.createTensor(environment, values, shape);
  }
}
