package io.github.nolabel.api.train;

import io.github.nolabel.api.Require;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the runtime executes: ONNX models over one set of state tensors.
 *
 * <p>One run of {@code training} is one micro-step: forward, backward, and every state write. Its
 * outputs are scalars; {@link #LOSS} and {@link #FINITE} are among them, all float outputs are
 * reported. Evaluation models compute something with the current state, each from inputs of its
 * own: an image's features, a text's, a score of both. All models list all of {@code state} as
 * graph inputs after their own inputs, in this order; the training model lists {@link #RESET} last.
 *
 * @param evaluations by name, the usual one first; of a vision method it maps {@link #IMAGES} to
 *     {@link #FEATURES}
 * @param identity what a checkpoint belongs to: {@code training}, or less where some of its outputs
 *     are only watched
 */
public record TrainingProgram(
    OnnxModel training,
    Map<String, OnnxModel> evaluations,
    List<StateTensor> state,
    OnnxModel identity) {

  /** float[]: the mean loss of the batch. */
  public static final String LOSS = "loss";

  /** bool[]: whether the loss and the gradient's norm are finite. */
  public static final String FINITE = "finite";

  /**
   * bool[], of programs in mixed precision: whether the micro-step left all state as it was,
   * because a gradient did not fit into float16.
   */
  public static final String SKIPPED = "skipped";

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

  /** int64[N, length]: token ids, the input of evaluation and exported models that read texts. */
  public static final String INPUT_IDS = "input_ids";

  /** int64[N, length]: 1 for a token and 0 for padding, beside {@link #INPUT_IDS}. */
  public static final String ATTENTION_MASK = "attention_mask";

  /** float[N, T, W]: what a model made of images, for models that compare them with texts. */
  public static final String IMAGE_TOKENS = "image_tokens";

  /** float[N, D]: the output of evaluation and exported models. */
  public static final String FEATURES = "features";

  /** float[N, length, V]: what follows each token, the output of models that write texts. */
  public static final String LOGITS = "logits";

  public TrainingProgram {
    evaluations = Collections.unmodifiableMap(new LinkedHashMap<>(evaluations));
    Require.that(!evaluations.isEmpty(), "a program needs an evaluation model");
    state = List.copyOf(state);
  }

  /** A program with one evaluation model. */
  public TrainingProgram(OnnxModel training, OnnxModel evaluation, List<StateTensor> state) {
    this(training, Map.of(FEATURES, evaluation), state, training);
  }

  /** The usual evaluation model. */
  public OnnxModel evaluation() {
    return evaluations.values().iterator().next();
  }
}
