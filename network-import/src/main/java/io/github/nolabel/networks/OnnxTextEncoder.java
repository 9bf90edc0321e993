package io.github.nolabel.networks;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.fragment.text.TextPooling;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.file.OnnxFile;
import io.github.nolabel.networks.rules.TranslationRules;
import io.github.nolabel.networks.table.FileValue;
import io.github.nolabel.networks.table.GraphTranslation;
import io.github.nolabel.networks.table.MovedStatistics;
import io.github.nolabel.networks.table.PlainImages;
import io.github.nolabel.networks.table.TranslationContext;
import io.github.nolabel.networks.table.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A network that reads token ids from an ONNX file as a trainable text network. Float initializers
 * that something is computed with are its weights; a text's feature is its first token's, unless
 * the options say otherwise.
 */
public final class OnnxTextEncoder implements TextEncoder {

  private final OnnxFile file;
  private final TextInputs inputs;
  private final Vocabulary vocabulary;
  private final TextPooling pooling;
  private final List<ImportedWeight> weights;
  private final String tokens;
  private final int width;
  private final List<String> notes = new ArrayList<>();

  /** Goes through the file once, so that whatever cannot be trained is said here. */
  OnnxTextEncoder(OnnxFile file, TextInputs inputs, Vocabulary vocabulary, TextPooling pooling) {
    this.file = file;
    this.inputs = inputs;
    this.vocabulary = vocabulary;
    this.pooling = pooling;
    this.tokens = inputs.tokens();
    Scope trial = new GraphBuilder(Mode.TRAINING).scope("trial");
    RecordedWeights recorded = new RecordedWeights(trial);
    Value ids = trial.graph().input("ids", ElementType.INT64, inputs.shape());
    Value mask = trial.graph().input("mask", ElementType.INT64, inputs.shape());
    Value result = walk(trial, recorded, ids, mask);
    this.width = Math.toIntExact(result.shape().extent(2));
    this.weights = recorded.all();
    notes.addAll(ImportNotes.of(file, trial.graph().nodes(), weights, false));
    notes.addAll(ImportNotes.ofBatch(inputs.fileBatch()));
    notes.addAll(inputs.notes());
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public int length() {
    return inputs.length();
  }

  @Override
  public int featureWidth() {
    return width;
  }

  /** What was done to the file, in sentences for people. */
  @Override
  public List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public Attached attach(Scope scope) {
    Weights attached = AttachedWeights.declare(scope, weights, false);
    return (ids, mask) -> walk(scope, attached, ids, mask);
  }

  @Override
  public Value pooled(Ops g, Value tokens, Value mask) {
    return pooling.or(TextPooling.FIRST).of(g, tokens, mask);
  }

  private Value walk(Scope scope, Weights source, Value ids, Value mask) {
    TranslationContext setting =
        new TranslationContext(
            file.parts().get(0),
            scope,
            source,
            ids,
            inputs.fileBatch(),
            new MovedStatistics(),
            new PlainImages(),
            Set.of());
    FileValue found =
        new GraphTranslation(file, TranslationRules.table(), setting)
            .run(inputs.fed(scope.ops(), ids, mask), tokens);
    if (found instanceof FileValue.Live live && isPerToken(live.value())) {
      return live.value();
    }
    throw new UserMistake(
        "%s: the output '%s' is no float[N, %d, features]. Export last_hidden_state, with free batch and length."
            .formatted(file.parts().get(0), tokens, inputs.length()));
  }

  private boolean isPerToken(Value value) {
    return value.type() == ElementType.FLOAT
        && value.shape().rank() == 3
        && !value.shape().dim(0).isFixed()
        && value.shape().extent(1) == inputs.length();
  }
}
