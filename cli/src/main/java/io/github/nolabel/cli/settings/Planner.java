package io.github.nolabel.cli.settings;

import io.github.nolabel.api.launch.Nolabel;
import io.github.nolabel.api.spi.MethodProvider;
import io.github.nolabel.api.spi.RecordOptions;
import io.github.nolabel.api.spi.Suggestions;
import io.github.nolabel.fragment.backbone.BackboneProvider;
import io.github.nolabel.fragment.backbone.Backbones;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns layers of assignments into a plan; a later layer wins over the earlier ones. */
public final class Planner {

  private final Defaults defaults;

  public Planner(Defaults defaults) {
    this.defaults = defaults;
  }

  /**
   * @param layers such as file, then flags
   * @throws io.github.nolabel.api.UserMistake naming the first thing that cannot be
   */
  public RunPlan plan(List<List<Assignment>> layers) {
    MethodProvider<?> method =
        Nolabel.methods().require(last(layers, "method", defaults.run().method()));
    List<List<Assignment>> all = new ArrayList<>();
    all.add(suitedTo(method));
    all.add(suitedTo(method, last(layers, "data", defaults.run().data())));
    all.addAll(layers);
    BackboneProvider<?> backbone =
        Backbones.all().require(last(all, "backbone", defaults.run().backbone()));
    return plan(method, backbone, values(new OptionSpace(defaults, method, backbone), all));
  }

  private RunPlan plan(
      MethodProvider<?> method,
      BackboneProvider<?> backbone,
      Map<OptionGroup, Map<String, String>> values) {
    Map<String, String> ofRun = new LinkedHashMap<>(values.getOrDefault(OptionGroup.RUN, Map.of()));
    ofRun.put("method", method.name());
    ofRun.put("backbone", backbone.name());
    RunConfig run = RecordOptions.override(defaults.run(), ofRun);
    RunPlan plan =
        new RunPlan(
            run,
            override(method.defaults(), values, OptionGroup.METHOD),
            override(backbone.defaults(), values, OptionGroup.BACKBONE),
            override(defaults.optimizer(), values, OptionGroup.OPTIMIZER),
            override(defaults.schedule(), values, OptionGroup.SCHEDULE),
            override(defaults.checkpoint(), values, OptionGroup.CHECKPOINT));
    Backbones.create(backbone.name(), plan.spec(1, 1).backboneOptions(), plan.run().imageSize());
    return plan;
  }

  private static <C extends Record> C override(
      C config, Map<OptionGroup, Map<String, String>> values, OptionGroup group) {
    return RecordOptions.override(config, values.getOrDefault(group, Map.of()));
  }

  private static List<Assignment> suitedTo(MethodProvider<?> method) {
    return method.runDefaults().entrySet().stream()
        .map(entry -> new Assignment(entry.getKey(), entry.getValue(), method.name()))
        .toList();
  }

  private List<Assignment> suitedTo(MethodProvider<?> method, String data) {
    return defaults.recipe().suits(method.name(), data)
        ? defaults.recipe().assignments()
        : List.of();
  }

  /** The value that counts for one of the two names that decide which options there are. */
  private static String last(List<List<Assignment>> layers, String option, String otherwise) {
    List<String> spellings = List.of(option, "run" + option, option + "name");
    return layers.stream()
        .flatMap(List::stream)
        .filter(a -> spellings.contains(Suggestions.fold(a.name())))
        .map(Assignment::value)
        .reduce(otherwise, (earlier, later) -> later);
  }

  private static Map<OptionGroup, Map<String, String>> values(
      OptionSpace space, List<List<Assignment>> layers) {
    Map<OptionGroup, Map<String, String>> values = new EnumMap<>(OptionGroup.class);
    for (List<Assignment> layer : layers) {
      Map<OptionKey, Assignment> given = new LinkedHashMap<>();
      for (Assignment assignment : layer) {
        OptionKey key = space.resolve(assignment);
        checkOnce(key, given.put(key, assignment), assignment);
        values
            .computeIfAbsent(key.group(), group -> new LinkedHashMap<>())
            .put(key.name(), assignment.value());
      }
    }
    return values;
  }

  private static void checkOnce(
      OptionKey key, @org.jspecify.annotations.Nullable Assignment earlier, Assignment later) {
    if (earlier != null) {
      throw later.mistake(
          "Option '%s' is given twice, as '%s' and as '%s'."
              .formatted(key.written(), earlier.value(), later.value()));
    }
  }
}
