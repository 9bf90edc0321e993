package io.github.nolabel.api.train;

import io.github.nolabel.api.control.ScheduledInput;
import java.util.List;

/**
 * What ONNX Runtime's own training API loads, in any language: three models over one set of state.
 *
 * <p>A training step adds the gradients to ONNX Runtime's buffers and makes the method's own state
 * writes; an optimizer step moves the trained tensors; an evaluation step maps images to features.
 *
 * @param training inputs as of one micro-step, the views first; its output is the loss, float[]
 * @param evaluation {@code images} to {@code features}
 * @param optimizer over all trained tensors at once
 * @param state trained and frozen tensors with their first values
 * @param schedules inputs of {@code training} that the caller feeds with numbers, each step anew
 */
public record TrainingArtifacts(
    OnnxModel training,
    OnnxModel evaluation,
    OnnxModel optimizer,
    List<StateTensor> state,
    List<ScheduledInput> schedules) {

  /** The file of {@link #training()}. */
  public static final String TRAINING = "training_model.onnx";

  /** The file of {@link #evaluation()}. */
  public static final String EVALUATION = "eval_model.onnx";

  /** The file of {@link #optimizer()}. */
  public static final String OPTIMIZER = "optimizer_model.onnx";

  /** The file of {@link #state()}. */
  public static final String CHECKPOINT = "checkpoint";

  public TrainingArtifacts {
    state = List.copyOf(state);
    schedules = List.copyOf(schedules);
  }
}
