package io.github.nolabel.method;

import com.google.inject.Module;
import io.github.nolabel.api.option.FileOptions;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.objective.ObjectiveModule;
import io.github.nolabel.recipe.Recipes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A method that is an {@link Objective} and its options. The provider of one names the four things
 * below and registers itself with {@link java.util.ServiceLoader}; several are better the rows of a
 * {@link MethodTable}, see {@link MethodRow}.
 *
 * <pre>{@code
 * public final class ByolProvider extends ObjectiveMethod<ByolConfig> {
 *   public ByolProvider() {
 *     super("byol", "BYOL: predicts a slow teacher", ByolConfig.DEFAULTS, ByolObjective.class);
 *   }
 * }
 * }</pre>
 *
 * <p>Its presets are the files {@code NAME-small.properties}, {@code NAME-cifar.properties} and
 * {@code NAME-imagenet.properties} beside the provider's class, those that there are.
 *
 * @param <C> the options; the objective's constructor may ask for them
 */
public class ObjectiveMethod<C extends Record> implements MethodProvider<C> {

  private final String name;
  private final String summary;
  private final C defaults;
  private final Class<? extends Objective> objective;

  protected ObjectiveMethod(
      String name, String summary, C defaults, Class<? extends Objective> objective) {
    this.name = name;
    this.summary = summary;
    this.defaults = defaults;
    this.objective = objective;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String summary() {
    return summary;
  }

  @Override
  public final C defaults() {
    return defaults;
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Recipes.presets(home(), name);
  }

  /** All files that the options name. */
  @Override
  public List<Path> files(C config) {
    return fileOptions(config).flatMap(options -> options.files().stream()).toList();
  }

  @Override
  public C pinned(C config) {
    Map<String, String> pins = new LinkedHashMap<>();
    fileOptions(config).forEach(options -> pins.putAll(options.fingerprints()));
    return RecordOptions.override(config, pins);
  }

  private static Stream<FileOptions> fileOptions(Record config) {
    return Stream.concat(Stream.of(config), RecordOptions.lenders(config).stream())
        .filter(FileOptions.class::isInstance)
        .map(FileOptions.class::cast);
  }

  @Override
  @SuppressWarnings("unchecked") // A record's class is that of its values: records are final.
  public Module module(C config) {
    return new ObjectiveModule<>(objective, (Class<C>) config.getClass(), config);
  }
}
