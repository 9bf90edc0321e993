package io.github.nolabel.method;

import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.recipe.Recipes;
import java.util.Map;
import java.util.Optional;

/**
 * A method as a row of a {@link MethodTable}, kept beside its options:
 *
 * <pre>{@code
 * public static final MethodRow<ByolConfig> METHOD =
 *     MethodRow.of("byol", "BYOL: predicts a slow teacher", DEFAULTS, ByolObjective.class);
 * }</pre>
 *
 * <p>Its presets are the files {@code NAME-small.properties}, {@code NAME-cifar.properties} and
 * {@code NAME-imagenet.properties} beside the class of the options, those that there are.
 *
 * @param <C> the options; the objective's constructor may ask for them
 */
public final class MethodRow<C extends Record> extends ObjectiveMethod<C> {

  private final Class<? extends Objective> objective;
  private final Map<String, String> runDefaults;
  private final Optional<TextConfig> texts;

  private MethodRow(
      String name,
      String summary,
      C defaults,
      Class<? extends Objective> objective,
      Map<String, String> runDefaults,
      Optional<TextConfig> texts) {
    super(name, summary, defaults, objective);
    this.objective = objective;
    this.runDefaults = runDefaults;
    this.texts = texts;
  }

  /**
   * @param name stable and kebab-case
   * @param summary what it does, in one line, with its paper
   * @param defaults the paper's values
   */
  public static <C extends Record> MethodRow<C> of(
      String name, String summary, C defaults, Class<? extends Objective> objective) {
    return new MethodRow<>(name, summary, defaults, objective, Map.of(), Optional.empty());
  }

  /** The same with settings of the run that suit it: {@code name=value} between blanks. */
  public MethodRow<C> withRunDefaults(String settings) {
    return new MethodRow<>(
        name(), summary(), defaults(), objective, Recipes.settings(settings), texts);
  }

  /** The same, reading texts like this where nobody says otherwise. */
  public MethodRow<C> withTexts(TextConfig config) {
    return new MethodRow<>(
        name(), summary(), defaults(), objective, runDefaults, Optional.of(config));
  }

  @Override
  public Map<String, String> runDefaults() {
    return runDefaults;
  }

  @Override
  public Optional<TextConfig> texts() {
    return texts;
  }

  @Override
  public Class<?> home() {
    return defaults().getClass();
  }
}
