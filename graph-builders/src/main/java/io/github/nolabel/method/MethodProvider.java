package io.github.nolabel.method;

import com.google.inject.Module;
import io.github.nolabel.api.option.NamedService;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.text.TextConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one type a method plug-in registers with {@link java.util.ServiceLoader}, alone or in a
 * {@link MethodTable}.
 *
 * <p>The configuration is a record. Its components are the method's options, their {@link Option}
 * annotations the validation and the documentation, its values the provenance.
 *
 * @param <C> the method's configuration
 */
public interface MethodProvider<C extends Record> extends NamedService {

  /** What the method does, in one line, with its paper. */
  String summary();

  C defaults();

  /**
   * How it reads texts where nobody says otherwise; empty for a method that reads images alone. Its
   * objective may then ask for a {@link io.github.nolabel.fragment.text.TextEncoder}.
   */
  default Optional<TextConfig> texts() {
    return Optional.empty();
  }

  /**
   * Settings of the run that suit this method better than the host's own defaults, by the names
   * that a user would set them, such as {@code optimizer.learningRate}.
   */
  default Map<String, String> runDefaults() {
    return Map.of();
  }

  /**
   * Recipes by name, such as {@code cifar} for images of 32 pixels and {@code imagenet} for photos:
   * settings of the method and the run, by the names that a user would set them.
   */
  default Map<String, Map<String, String>> presets() {
    return Map.of();
  }

  /** The files that the options name, such as a teacher's; a run keeps copies of them. */
  default List<Path> files(C config) {
    return List.of();
  }

  /**
   * The options with the fingerprints of these files.
   *
   * @throws io.github.nolabel.api.UserMistake if a file is missing, or has another fingerprint
   */
  default C pinned(C config) {
    return config;
  }

  /**
   * Returns the module that binds the method's objective; called once per run. The host binds
   * {@link io.github.nolabel.api.train.RunSpec} and expects {@link
   * io.github.nolabel.api.train.TrainingRecipe}, {@link
   * io.github.nolabel.api.export.BackboneExporter}, {@link
   * io.github.nolabel.api.export.ArtifactExporter} and {@link
   * io.github.nolabel.api.export.ClassifierBuilder}.
   */
  Module module(C config);
}
