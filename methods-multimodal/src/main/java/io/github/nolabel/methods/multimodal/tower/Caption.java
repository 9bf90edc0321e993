package io.github.nolabel.methods.multimodal.tower;

import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One of an image's captions: its token ids and their mask, int64[N, length] each.
 *
 * @param length in tokens
 */
public record Caption(int length) {

  private static final String NAME = "caption";

  /** What a step reads of every sample. */
  public List<Input> inputs() {
    return List.of(text(), padding());
  }

  /** What a cut reads: {@code input_ids} and {@code attention_mask}. */
  public List<TensorSpec> read() {
    return List.of(
        text().spec().named(TrainingProgram.INPUT_IDS),
        padding().spec().named(TrainingProgram.ATTENTION_MASK));
  }

  public Value ids(StepGraph step) {
    return step.input(text());
  }

  public Value mask(StepGraph step) {
    return step.input(padding());
  }

  /** Among what a cut has read. */
  public static Value ids(Map<String, Value> read) {
    return Objects.requireNonNull(read.get(TrainingProgram.INPUT_IDS));
  }

  /** Among what a cut has read. */
  public static Value mask(Map<String, Value> read) {
    return Objects.requireNonNull(read.get(TrainingProgram.ATTENTION_MASK));
  }

  private Input.Text text() {
    return new Input.Text(NAME, BackboneExporter.TEXT, length);
  }

  private Input.Mask padding() {
    return Input.Mask.of(NAME + "_mask", text());
  }
}
