package io.github.nolabel.runs.plan;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.NoOptions;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.api.train.ScheduleProvider;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.BackboneProvider;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.update.OptimizerProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns layers of assignments into a resolved plan; a later layer wins over the earlier ones. */
public final class Planner {

  private final Defaults defaults;
  private final Catalogue catalogue;

  public Planner(Defaults defaults, Catalogue catalogue) {
    this.defaults = defaults;
    this.catalogue = catalogue;
  }

  /** {@link #plan(List, Optional)} with a backbone by name. */
  public ResolvedPlan plan(List<List<Assignment>> layers) {
    return plan(layers, Optional.empty());
  }

  /**
   * @param layers such as file, then flags
   * @param given the network that {@link GivenBackbone#NAME} means
   * @throws UserMistake naming the first thing that cannot be
   */
  public ResolvedPlan plan(List<List<Assignment>> layers, Optional<Backbone> given) {
    MethodProvider<?> method =
        catalogue.methods().require(last(layers, "method", defaults.run().method()));
    List<List<Assignment>> all = new ArrayList<>();
    List<List<Assignment>> recipe = recipe(method, layers);
    all.addAll(recipe);
    all.addAll(layers);
    String address = last(all, "backbone", defaults.run().backbone());
    all.replaceAll(layer -> BackboneAddress.spelledOut(layer, address));
    BackboneProvider<?> backbone = provider(BackboneAddress.kind(address), given);
    all.subList(0, recipe.size()).replaceAll(layer -> fitting(layer, backbone));
    return plan(method, backbone, gathered(all));
  }

  /** A preset is a whole recipe: nothing of what else suits the method shines through it. */
  private List<List<Assignment>> recipe(MethodProvider<?> method, List<List<Assignment>> layers) {
    String preset = last(layers, "preset", defaults.run().preset());
    return preset.equals(RunConfig.NO_PRESET)
        ? List.of(suitedTo(method), suitedTo(method, last(layers, "data", defaults.run().data())))
        : List.of(preset(method, preset));
  }

  private List<List<Assignment>> gathered(List<List<Assignment>> layers) {
    List<List<Assignment>> optimizers =
        new PlugInOptions("optimizer", "algorithm")
            .gathered(layers, catalogue.optimizers().all(), OptimizerProvider::defaults);
    return new PlugInOptions("schedule", "kind")
        .gathered(optimizers, ScheduleProvider.all(), ScheduleProvider::defaults);
  }

  private BackboneProvider<?> provider(String name, Optional<Backbone> given) {
    return name.equals(GivenBackbone.NAME)
        ? new GivenBackbone(given)
        : catalogue.backbones().require(name);
  }

  private <B extends Record> ResolvedPlan plan(
      MethodProvider<?> method, BackboneProvider<B> backbone, List<List<Assignment>> layers) {
    B wanted = backbone.pinned(options(backbone, layered(method, backbone, layers)));
    List<List<Assignment>> all = new ArrayList<>(List.of(suitedTo(backbone, wanted)));
    all.addAll(layers);
    RunSettings settings =
        pinned(method, layered(method, backbone, all)).with(OptionGroup.BACKBONE, wanted);
    catalogue.optimizers().check(settings.optimizer());
    settings.schedule().schedule(1, 1, 1);
    settings.texts().ifPresent(catalogue.texts()::check);
    return new ResolvedPlan(
        settings,
        method,
        backbone.create(wanted, settings.run().imageSize()),
        catalogue,
        backbone.files(wanted),
        new MethodFiles<>(method).of(settings),
        settings.texts().map(catalogue.texts()::files).orElse(List.of()));
  }

  private RunSettings pinned(MethodProvider<?> method, RunSettings settings) {
    RunSettings pinned = new MethodFiles<>(method).pinned(settings);
    return pinned
        .texts()
        .map(texts -> pinned.with(OptionGroup.TEXT, catalogue.texts().pinned(texts)))
        .orElse(pinned);
  }

  @SuppressWarnings("unchecked")
  private static <B extends Record> B options(BackboneProvider<B> backbone, RunSettings plan) {
    return (B) backbone.defaults().getClass().cast(plan.backbone());
  }

  private RunSettings layered(
      MethodProvider<?> method, BackboneProvider<?> backbone, List<List<Assignment>> all) {
    RunSettings plan = start(method, backbone);
    OptionSpace space = new OptionSpace(defaults, method, backbone);
    for (List<Assignment> layer : all) {
      plan = with(plan, space, layer);
    }
    return plan.with(OptionGroup.RUN, canonical(plan.run(), method, backbone));
  }

  private RunSettings start(MethodProvider<?> method, BackboneProvider<?> backbone) {
    return new RunSettings(
        defaults.run(),
        method.defaults(),
        backbone.defaults(),
        method.texts().<Record>map(config -> config).orElse(NoOptions.DEFAULTS),
        defaults.optimizer(),
        defaults.schedule(),
        defaults.checkpoint(),
        defaults.evaluation(),
        defaults.device());
  }

  private static RunSettings with(RunSettings plan, OptionSpace space, List<Assignment> layer) {
    RunSettings changed = plan;
    Map<OptionKey, Assignment> given = new LinkedHashMap<>();
    for (Assignment assignment : layer) {
      OptionKey key = space.resolve(assignment);
      checkOnce(key, given.put(key, assignment), assignment);
      changed = changed.with(key.group(), changed(changed.of(key.group()), key, assignment));
    }
    return isStartAlone(given.keySet())
        ? changed.with(OptionGroup.OPTIMIZER, changed.optimizer().with("weightDecayEnd", -1))
        : changed;
  }

  /** A weight decay that is said without its end is constant, whatever end was suggested. */
  private static boolean isStartAlone(Set<OptionKey> given) {
    return given.contains(new OptionKey(OptionGroup.OPTIMIZER, "weightDecay"))
        && !given.contains(new OptionKey(OptionGroup.OPTIMIZER, "weightDecayEnd"));
  }

  private static Record changed(Record config, OptionKey key, Assignment assignment) {
    try {
      return RecordOptions.override(config, Map.of(key.name(), assignment.value()));
    } catch (UserMistake e) {
      throw assignment.mistake(String.valueOf(e.getMessage()));
    }
  }

  private static RunConfig canonical(
      RunConfig run, MethodProvider<?> method, BackboneProvider<?> backbone) {
    return RecordOptions.override(
        run, Map.of("method", method.name(), "backbone", backbone.name()));
  }

  private static List<Assignment> suitedTo(MethodProvider<?> method) {
    return method.runDefaults().entrySet().stream()
        .map(entry -> new Assignment(entry.getKey(), entry.getValue(), method.name()))
        .toList();
  }

  private static <B extends Record> List<Assignment> suitedTo(
      BackboneProvider<B> backbone, B options) {
    return backbone.runDefaults(options).entrySet().stream()
        .map(entry -> new Assignment(entry.getKey(), entry.getValue(), backbone.name()))
        .toList();
  }

  private static List<Assignment> preset(MethodProvider<?> method, String name) {
    Map<String, String> settings = method.presets().get(name);
    if (settings == null) {
      throw new UserMistake(
          "%s has no preset '%s'.%s Presets: %s."
              .formatted(
                  method.name(),
                  name,
                  Suggestions.didYouMean(name, method.presets().keySet()),
                  method.presets().isEmpty()
                      ? "none"
                      : String.join(", ", method.presets().keySet())));
    }
    return settings.entrySet().stream()
        .map(entry -> new Assignment(entry.getKey(), entry.getValue(), "preset " + name))
        .toList();
  }

  /** A preset's {@code backbone.NAME} is meant for the backbones that have such an option. */
  private static List<Assignment> fitting(List<Assignment> preset, BackboneProvider<?> backbone) {
    List<String> known =
        RecordOptions.options(backbone.defaults()).stream()
            .map(option -> OptionGroup.BACKBONE.prefix() + "." + option.name())
            .toList();
    return preset.stream()
        .filter(
            a ->
                !a.name().startsWith(OptionGroup.BACKBONE.prefix() + ".")
                    || known.contains(a.name()))
        .toList();
  }

  private List<Assignment> suitedTo(MethodProvider<?> method, String data) {
    return defaults.recipes().stream()
        .filter(recipe -> recipe.suits(method.name(), data))
        .findFirst()
        .map(DataRecipe::assignments)
        .orElseGet(List::of);
  }

  /** The value that counts for one of the two names that decide which options there are. */
  private static String last(List<List<Assignment>> layers, String option, String otherwise) {
    return asked(layers, option).orElse(otherwise);
  }

  /**
   * The value that layers give to one of the two names that decide which options there are.
   *
   * @param option {@code method} or {@code backbone}
   */
  public static Optional<String> asked(List<List<Assignment>> layers, String option) {
    List<String> spellings = List.of(option, "run" + option, option + "name");
    return layers.stream()
        .flatMap(List::stream)
        .filter(a -> spellings.contains(Suggestions.fold(a.name())))
        .map(Assignment::value)
        .reduce((earlier, later) -> later);
  }

  private static void checkOnce(OptionKey key, @Nullable Assignment earlier, Assignment later) {
    if (earlier != null) {
      throw later.mistake(
          "Option '%s' is given twice, as '%s' and as '%s'."
              .formatted(key.written(), earlier.value(), later.value()));
    }
  }
}
