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

  /**
   * The same with updates that are taken elsewhere: after every round this trainer stands where the
   * round ended. Listeners hear of a round's updates when it is over; what is due in the middle of
   * one, such as a checkpoint, is done at its end.
   */
  TrainingSummary train(Rounds rounds, List<? extends TrainingListener> listeners);

  /**
   * Takes exactly so many updates and nothing else: no checkpoint is written, the last step of the
   * run is no bound.
   *
   * @param batches the next one is that of this step
   * @throws TrainingDivergedException as {@link #train(BatchSource, List)} does
   */
  List<StepReport> advance(BatchStream batches, long updates);

  /** A copy of all that the coming updates depend on. */
  Snapshot snapshot();

  /**
   * Goes on from where the snapshot was taken, of this trainer or of another one of the same
   * program: the coming updates are bit for bit those that followed it there.
   *
   * @throws IllegalArgumentException if the state is not this program's
   */
  void restore(Snapshot snapshot);

  /** Asks {@code train} to end after the running step. Callable from any thread. */
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
