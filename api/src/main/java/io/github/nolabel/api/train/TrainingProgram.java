package io.github.nolabel.api.train;

import java.util.List;

/**
 * What the runtime executes: ONNX models over one set of state tensors.
 *
 * <p>One run of {@code training} is one micro-step: forward, backward, and every state write. Its
 * outputs are scalars; {@link #LOSS} and {@link #FINITE} are among them, all float outputs are
 * reported. One run of {@code evaluation} maps {@link #IMAGES} to {@link #FEATURES} with the
 * current state. Both models list all of {@code state} as graph inputs after their own inputs, in
 * this order; the training model lists {@link #RESET} last.
 */
public record TrainingProgram(OnnxModel training, OnnxModel evaluation, List<StateTensor> state) {

  /** float[]: the mean loss of the batch. */
  public static final String LOSS = "loss";

  /** bool[]: whether the loss and the gradient's norm are finite. */
  public static final String FINITE = "finite";

  /** float[]: the global norm of the gradient before clipping. */
  public static final String GRADIENT_NORM = "gradient_norm";

  /** float[]: the training input and scheduled value that every update rule scales by. */
  public static final String LEARNING_RATE = "learning_rate";

  /** bool[]: with gradient accumulation, whether this micro-step ends an update. */
  public static final String APPLY = "apply";

  /** bool[1]: an input that the ONNX Runtime demands of every training model. */
  public static final String RESET = "lazy_reset_grad";

  /** float[N, 3, S, S]: normalised images, the input of evaluation and exported models. */
  public static final String IMAGES = "images";

  /** float[N, D]: the output of evaluation and exported models. */
  public static final String FEATURES = "features";

  public TrainingProgram {
    state = List.copyOf(state);
  }
}
