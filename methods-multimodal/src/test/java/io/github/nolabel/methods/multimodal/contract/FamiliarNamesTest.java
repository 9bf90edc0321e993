package io.github.nolabel.methods.multimodal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.option.OptionInfo;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users of the Python library AK_SSL type is understood, if it can have an effect. */
class FamiliarNamesTest {

  @ParameterizedTest
  @CsvSource({
    "clip, image_feature_dim text_feature_dim embed_dim init_tau init_bias init_b use_siglip",
    "slip, mlp_dim image_feature_dim text_feature_dim embed_dim vision_feature_dim",
    "slip, transformer_feature_dim init_tau use_siglip",
    "albef, mlm_probability embed_dim image_feature_dim text_feature_dim vision_width temp",
    "albef, queue_size momentum alpha",
    "vse, margin",
    "simvlm, max_trunc_txt_len prefix_txt_len",
    "uniter, num_answer"
  })
  void everyNameIsAnOptionOfTheMethod(String method, String names) {
    MethodProvider<?> provider = Methods.all().require(method);
    assertThat(known(provider.defaults())).containsAll(folded(names));
  }

  /** Set as {@code text.NAME}. */
  @ParameterizedTest
  @CsvSource({
    "simvlm, vocab_size feature_dim max_seq_len target_txt_len",
    "uniter, vocab_size hidden_size"
  })
  void everyNameOfATextsNetworkIsAnOptionOfTexts(String method, String names) {
    Record texts = Methods.all().require(method).texts().orElseThrow();
    assertThat(known(texts)).containsAll(folded(names));
  }

  /** Of UNITER's transformer. */
  @Test
  void unitersDepthAndHeadsAreItsOwn() {
    Record uniter = Methods.all().require("uniter").defaults();
    assertThat(known(uniter)).containsAll(folded("num_hidden_layers num_attention_heads"));
  }

  /**
   * Absent on purpose, since nothing here has them: attention has no dropout of its own, and no
   * initialisation a range to set; the fed-forward width is four times the stream's, and there is
   * one activation.
   */
  @ParameterizedTest
  @CsvSource({
    "uniter, attention_probs_dropout_prob",
    "uniter, initializer_range",
    "uniter, intermediate_size",
    "uniter, hidden_act"
  })
  void aNameWithoutAnEffectIsUnknown(String method, String name) {
    MethodProvider<?> provider = Methods.all().require(method);
    assertThat(known(provider.defaults())).doesNotContain(Suggestions.fold(name));
    assertThat(known(provider.texts().orElseThrow())).doesNotContain(Suggestions.fold(name));
  }

  /** A name without a prefix is the method's first: ALBEF's momentum is that of its teacher. */
  @Test
  void noOtherMethodTakesTheOptimizersMomentumAway() {
    assertThat(known(OptimizerConfig.DEFAULTS)).contains("momentum");
    assertThat(
            Methods.all().all().stream()
                .filter(method -> known(method.defaults()).contains("momentum"))
                .map(MethodProvider::name))
        .containsExactly("albef");
  }

  @ParameterizedTest
  @CsvSource({"clip", "slip", "albef", "vse", "simvlm", "uniter"})
  void noNameMeansTwoOptions(String method) {
    MethodProvider<?> provider = Methods.all().require(method);
    assertThat(known(provider.defaults())).doesNotHaveDuplicates();
    assertThat(known(provider.texts().orElseThrow())).doesNotHaveDuplicates();
  }

  private static List<String> known(Record options) {
    return RecordOptions.options(options).stream().flatMap(FamiliarNamesTest::names).toList();
  }

  private static Stream<String> names(OptionInfo option) {
    return Stream.concat(Stream.of(option.name()), option.aliases().stream())
        .map(Suggestions::fold)
        .distinct();
  }

  private static List<String> folded(String names) {
    return Arrays.stream(names.split(" ")).map(Suggestions::fold).toList();
  }
}
