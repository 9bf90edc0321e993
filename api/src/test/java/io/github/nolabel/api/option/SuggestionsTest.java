package io.github.nolabel.api.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {

  private static final List<String> KNOWN = List.of("resnet18", "resnet34", "resnet50", "vit-tiny");

  @Test
  void typingMistakesFindTheirWord() {
    assertThat(Suggestions.closest("resnte18", KNOWN)).contains("resnet18");
    assertThat(Suggestions.closest("ViT_tny", KNOWN)).contains("vit-tiny");
    assertThat(Suggestions.didYouMean("resnet5", KNOWN)).isEqualTo(" Did you mean 'resnet50'?");
  }

  @Test
  void ofEquallyNearWordsTheFirstInTheAlphabetIsOffered() {
    assertThat(Suggestions.closest("resnet99", List.of("resnet50", "resnet34")))
        .contains("resnet34");
  }

  @Test
  void somethingElseSuggestsNothing() {
    assertThat(Suggestions.closest("efficientformer", KNOWN)).isEmpty();
    assertThat(Suggestions.didYouMean("efficientformer", KNOWN)).isEmpty();
    assertThat(Suggestions.closest("x", List.of())).isEmpty();
  }

  @Test
  void foldingForgetsSpellingHabits() {
    assertThat(Suggestions.fold("Barlow-Twins_2.x y")).isEqualTo("barlowtwins2xy");
  }
}
