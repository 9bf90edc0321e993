package io.github.nolabel.data.load;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.data.PaddedText;
import io.github.nolabel.data.view.CounterRandom;
import io.github.nolabel.text.Tokenizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes one of an image's captions, drawn anew every epoch, as token ids. Thread-safe. */
record CaptionRows(Input.Text text, Optional<String> mask, Tokenizer tokenizer) {

  /** One per text of the plan, in order. */
  static List<CaptionRows> of(InputPlan plan, Map<String, Tokenizer> tokenizers) {
    return plan.inputs().stream()
        .filter(Input.Text.class::isInstance)
        .map(Input.Text.class::cast)
        .map(text -> new CaptionRows(text, mask(plan, text), tokenizer(text, tokenizers)))
        .toList();
  }

  private static Optional<String> mask(InputPlan plan, Input.Text text) {
    return plan.inputs().stream()
        .filter(input -> input instanceof Input.Mask mask && mask.of().equals(text.name()))
        .map(Input::name)
        .findFirst();
  }

  private static Tokenizer tokenizer(Input.Text text, Map<String, Tokenizer> tokenizers) {
    Tokenizer tokenizer = tokenizers.get(text.tokenizer());
    if (tokenizer == null) {
      throw new UserMistake(
          "The method reads the text '%s' by the tokenizer '%s', which the loader was not given; it has %s."
              .formatted(text.name(), text.tokenizer(), tokenizers.keySet()));
    }
    return tokenizer;
  }

  void fill(List<String> captions, CounterRandom random, int row, BatchSlot slot) {
    String caption = captions.get(random.nextInt(captions.size()));
    PaddedText padded = new PaddedText(tokenizer, text.length());
    int tokens = padded.write(caption, row, slot.whole(text.name()));
    mask.ifPresent(name -> padded.mark(tokens, row, slot.whole(name)));
  }
}
