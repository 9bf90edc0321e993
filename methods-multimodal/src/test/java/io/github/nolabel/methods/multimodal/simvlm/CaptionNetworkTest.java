package io.github.nolabel.methods.multimodal.simvlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.fragment.text.TextEncoders;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.OrtEvaluator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What influences what; the weights are larger than they start, so that influence shows. */
class CaptionNetworkTest {

  private static final int SIZE = 16;
  private static final int TEXTS = 2;
  private static final int LENGTH = 8;
  private static final int WORDS = 300;
  private static final Backbone BACKBONE =
      Backbones.create("small-cnn", Map.of("width", "4", "stages", "2"), SIZE);
  private static final TextEncoder TEXT =
      TextEncoders.all()
          .require("clip-tiny")
          .create(
              RecordOptions.override(TextConfig.DEFAULTS, Map.of("length", "8", "width", "16")),
              new Vocabulary(WORDS, 0, 1, 2, 3, 4));

  private final CaptionNetwork network = new CaptionNetwork(BACKBONE, TEXT, SimVlmConfig.DEFAULTS);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5})
  void aTokenIsSeenByThoseAfterItAndByAllIfItIsGiven(int prefix) {
    float[] before = logits(prefix, -1);
    for (int changed = 0; changed < LENGTH; changed++) {
      float[] after = logits(prefix, changed);
      for (int place = 0; place < LENGTH; place++) {
        assertThat(differs(before, after, place))
            .as("token %d changes the logits at %d", changed, place)
            .isEqualTo(changed < prefix || changed <= place);
      }
    }
  }

  @Test
  void withNoPrefixTheEncoderSeesTheImageAlone() {
    Graph alone = graph(false);
    float[] expected = logits(0, -1);
    float[] actual = run(alone, fed(alone, 0, -1), "logits").toFloats();
    assertThat(actual).hasSize(TEXTS * LENGTH * WORDS);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-4f));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8})
  void theLossStartsNearTheLogOfTheVocabulary(int longest) {
    SimVlmConfig config =
        RecordOptions.override(
            SimVlmConfig.DEFAULTS, Map.of("maxPrefixLength", Integer.toString(longest)));
    SimVlmObjective objective =
        new SimVlmObjective(config, BACKBONE, TEXT, RunSpec.of("small-cnn", SIZE, TEXTS, TEXTS, 1));
    StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), 1);
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("loss", objective.loss(step));
    outputs.putAll(step.monitors());
    Graph graph = step.graph().build(outputs);
    Map<String, Tensor> fed = start(graph, 1);
    fed.put("image", images());
    fed.put("caption", ids(-1));
    fed.put("caption_mask", longs(i -> 1, TEXTS, LENGTH));
    fed.put(RandomOps.KEY, longs(i -> RandomOps.key(0, 0)));
    Map<String, Tensor> measured = OrtEvaluator.evaluate(graph, fed);
    double loss = number(measured, "loss");
    assertThat(loss).isCloseTo(Math.log(WORDS), within(0.1 * Math.log(WORDS)));
    assertThat(number(measured, "perplexity")).isCloseTo(Math.exp(loss), within(0.1));
    assertThat(number(measured, "token_accuracy")).isBetween(0.0, 1.0);
    assertThat(number(measured, "prefix_length")).isBetween(0.0, Math.min(longest, 6.0));
  }

  @Test
  void headsThatDoNotDivideTheWidthAreRefused() {
    SimVlmConfig three = RecordOptions.override(SimVlmConfig.DEFAULTS, Map.of("decoderHeads", "3"));
    assertThatThrownBy(() -> new CaptionNetwork(BACKBONE, TEXT, three))
        .hasMessageContaining("decoderHeads is 3")
        .hasMessageContaining("text.width 16");
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_trunc_txt_len", "prefix_txt_len", "maxPrefixLength"})
  void familiarNamesAreUnderstood(String name) {
    assertThat(RecordOptions.override(SimVlmConfig.DEFAULTS, Map.of(name, "5")).maxPrefixLength())
        .isEqualTo(5);
  }

  private float[] logits(int prefix, int changed) {
    Graph graph = graph(true);
    return run(graph, fed(graph, prefix, changed), "logits").toFloats();
  }

  private Graph graph(boolean readsPrefix) {
    GraphBuilder builder = new GraphBuilder(Mode.INFERENCE);
    Value images = builder.input("images", BACKBONE.inputShape());
    Value ids = builder.input("ids", ElementType.INT64, Shape.batched(LENGTH));
    Value mask = builder.input("mask", ElementType.INT64, Shape.batched(LENGTH));
    CaptionNetwork.Attached attached = network.attach(builder.scope("vlm"));
    CaptionNetwork.Memory memory =
        readsPrefix
            ? attached.memory(
                images, ids, builder.input("prefix", ElementType.INT64, Shape.batched()))
            : attached.memory(images);
    return builder.build(Map.of("logits", attached.logits(memory, ids, mask)));
  }

  private static Map<String, Tensor> fed(Graph graph, int prefix, int changed) {
    Map<String, Tensor> fed = start(graph, 6);
    fed.put("images", images());
    fed.put("ids", ids(changed));
    fed.put("mask", longs(i -> 1, TEXTS, LENGTH));
    if (graph.inputs().stream().anyMatch(input -> input.name().equals("prefix"))) {
      fed.put("prefix", longs(i -> prefix, TEXTS));
    }
    return fed;
  }

  private static Map<String, Tensor> start(Graph graph, float times) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    graph
        .parameters()
        .forEach(
            p -> {
              Tensor tensor = Initializer.draw(p, 1).copy();
              if (p.value().shape().rank() > 1) {
                for (int i = 0; i < tensor.elements(); i++) {
                  tensor.floats().put(i, times * tensor.floats().get(i));
                }
              }
              state.put(p.name(), tensor);
            });
    return state;
  }

  private static Tensor images() {
    SplittableRandom random = new SplittableRandom(3);
    Tensor images = Tensor.zeros(ElementType.FLOAT, TEXTS, 3, SIZE, SIZE);
    for (int i = 0; i < images.elements(); i++) {
      images.floats().put(i, (float) random.nextGaussian());
    }
    return images;
  }

  /** The token at {@code changed} of the first text is another one; -1 changes none. */
  private static Tensor ids(int changed) {
    return longs(i -> i == changed ? 250 : 5 + 31L * i % 200, TEXTS, LENGTH);
  }

  private static Tensor longs(IntToLongFunction value, long... extents) {
    Tensor tensor = Tensor.zeros(ElementType.INT64, extents);
    for (int i = 0; i < tensor.elements(); i++) {
      tensor.longs().put(i, value.applyAsLong(i));
    }
    return tensor;
  }

  private static boolean differs(float[] a, float[] b, int place) {
    for (int i = place * WORDS; i < (place + 1) * WORDS; i++) {
      if (Math.abs(a[i] - b[i]) > 1e-6) {
        return true;
      }
    }
    return false;
  }

  private static Tensor run(Graph graph, Map<String, Tensor> fed, String output) {
    return Interpreter.require(OrtEvaluator.evaluate(graph, fed), output);
  }

  private static double number(Map<String, Tensor> outputs, String name) {
    return Interpreter.require(outputs, name).floats().get(0);
  }
}
