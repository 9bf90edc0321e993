package io.github.nolabel.fragment.text;

import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.fragment.StartingValues;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import java.util.List;

/** A text network that starts with given values. */
record PretrainedTextEncoder(TextEncoder architecture, StartingValues values, List<String> notes)
    implements TextEncoder {

  PretrainedTextEncoder {
    notes = List.copyOf(notes);
  }

  @Override
  public Vocabulary vocabulary() {
    return architecture.vocabulary();
  }

  @Override
  public int length() {
    return architecture.length();
  }

  @Override
  public int featureWidth() {
    return architecture.featureWidth();
  }

  @Override
  public Attached attach(Scope scope) {
    Attached attached = architecture.attach(scope);
    values.apply(scope);
    return attached;
  }

  @Override
  public Value pooled(Ops g, Value tokens, Value mask) {
    return architecture.pooled(g, tokens, mask);
  }
}
