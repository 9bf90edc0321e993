package io.github.nolabel.api.train;

import io.github.nolabel.api.Tensor;
import java.util.List;
import java.util.Map;

/** One run of one recipe. Everything but {@link #requestStop()} belongs to one thread. */
public interface Trainer extends AutoCloseable {

  /** Updates done so far; more than zero at first if the run was resumed. */
  long step();

  /**
   * Trains until the run's last step, or until asked to stop, and leaves a checkpoint of where it
   * ended. Interrupting the thread asks it to stop, too; the thread's flag is set when this
   * returns.
   *
   * <p>What a listener throws ends the training. All listeners are told of the end; what they throw
   * then is suppressed in what was thrown first.
   *
   * @throws TrainingDivergedException at the first step whose loss or gradient is not finite; the
   *     last checkpoint is the state to go back to
   */
  TrainingSummary train(BatchSource batches, List<? extends TrainingListener> listeners);

  /** Asks {@link #train} to end after the running step. Callable from any thread. */
  void requestStop();

  /**
   * An evaluation model on the trainer's live weights; they are not changed.
   *
   * @param name one of the program's {@link TrainingProgram#evaluations()}
   * @throws io.github.nolabel.api.UserMistake if there is no such model
   */
  Model model(String name);

  /** The usual evaluation model, from images to features. */
  Embedder embedder();

  /** Copies of all state tensors by name. */
  Map<String, Tensor> state();

  /** Whose kernels compute, in words for people; see {@link DeviceConfig#kernels()}. */
  String kernels();

  @Override
  void close();
}
