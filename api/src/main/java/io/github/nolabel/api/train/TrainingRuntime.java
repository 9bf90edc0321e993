package io.github.nolabel.api.train;

import io.github.nolabel.api.option.NamedServices;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;

/** Executes programs and exported models. */
public interface TrainingRuntime extends AutoCloseable {

  /**
   * Opens the runtime that is on the class path of this library.
   *
   * @throws io.github.nolabel.api.UserMistake if there is none
   */
  static TrainingRuntime find() {
    return find(TrainingRuntime.class.getClassLoader());
  }

  /** Opens the runtime that {@code loader} sees. */
  static TrainingRuntime find(ClassLoader loader) {
    return NamedServices.index("runtime", ServiceLoader.load(TrainingRuntimeProvider.class, loader))
        .require("onnx")
        .open();
  }

  /**
   * Opens a session for the recipe, with fresh state or, if the settings say so, resumed.
   *
   * @throws MemoryExhaustedException if the device has less memory than that takes; {@link
   *     Trainer#train} throws it too
   * @throws io.github.nolabel.api.NolabelException if the device is missing or a checkpoint cannot
   *     be used
   */
  Trainer open(TrainingRecipe recipe, TrainerSettings settings);

  /**
   * Reads a checkpoint without opening a session.
   *
   * @param directory of one checkpoint, or of a run, whose newest one is taken
   * @throws CheckpointException if there is none, or it is damaged
   */
  SavedState saved(java.nio.file.Path directory);

  /**
   * Writes the files with which ONNX Runtime's own training API goes on: {@code
   * training_model.onnx}, {@code eval_model.onnx}, {@code optimizer_model.onnx}, {@code
   * checkpoint}.
   *
   * @param folder created where missing; files of these names are replaced
   * @throws CheckpointException if it cannot be written to, or the state exceeds 2 GB
   */
  void write(TrainingArtifacts artifacts, java.nio.file.Path folder);

  /**
   * The device that the settings lead to here, {@code cpu} or {@code cuda}.
   *
   * @throws io.github.nolabel.api.UserMistake if the device asked for is missing
   */
  String device(DeviceSettings settings);

  /**
   * Why the device {@code AUTO} takes the CPU on a computer with a card, and what to do about it;
   * empty if there is nothing to wonder about.
   */
  default Optional<String> fallback(DeviceSettings settings) {
    return Optional.empty();
  }

  /** Memory of the machine or card that the settings lead to, in bytes; empty if unknown. */
  default OptionalLong memory(DeviceSettings settings) {
    return OptionalLong.empty();
  }

  /**
   * Opens an exported model.
   *
   * @throws io.github.nolabel.api.UserMistake if it cannot be run
   */
  Model model(OnnxModel model, DeviceSettings settings);

  /**
   * Opens an exported model that maps images to features.
   *
   * @throws io.github.nolabel.api.UserMistake if it cannot be run, or has more than one input or
   *     output
   */
  default Embedder embedder(OnnxModel model, DeviceSettings settings) {
    Model opened = model(model, settings);
    try {
      return Embedder.of(opened);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** Reads the signature of an ONNX file's graph. */
  OnnxModel read(java.nio.file.Path file);

  /**
   * Closes the trainers and embedders of this runtime that are still open. Opening another one
   * afterwards is an {@link IllegalStateException}. The native library stays loaded.
   */
  @Override
  void close();

  /** Versions by component, for run records. */
  Map<String, String> versions();

  /** What works here and what does not, for people. */
  List<Finding> examine();

  /** One line of an examination: what was looked at, whether it is well, and what was seen. */
  record Finding(String subject, boolean well, String detail) {}
}
