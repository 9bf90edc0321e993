package io.github.nolabel.runs.plan;

import io.github.nolabel.api.option.OptionInfo;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.fragment.backbone.BackboneProvider;
import io.github.nolabel.method.MethodProvider;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every option that can be set, once method and backbone are known. */
public final class OptionSpace {

  /** Where a name without a prefix is looked for, in this order. */
  static final List<OptionGroup> WITHOUT_PREFIX =
      List.of(OptionGroup.METHOD, OptionGroup.RUN, OptionGroup.OPTIMIZER, OptionGroup.TEXT);

  /** Short forms: the name of a group means its choice of kind. */
  private static final Map<String, OptionKey> SHORT =
      Map.of(
          "optimizer", new OptionKey(OptionGroup.OPTIMIZER, "algorithm"),
          "schedule", new OptionKey(OptionGroup.SCHEDULE, "kind"),
          "backbonename", new OptionKey(OptionGroup.RUN, "backbone"),
          "methodname", new OptionKey(OptionGroup.RUN, "method"),
          "checkpointinterval", new OptionKey(OptionGroup.CHECKPOINT, "everyEpochs"));

  private final String method;
  private final String backbone;
  private final Map<OptionGroup, List<OptionInfo>> options = new EnumMap<>(OptionGroup.class);

  public OptionSpace(Defaults defaults, MethodProvider<?> method, BackboneProvider<?> backbone) {
    this.method = method.name();
    this.backbone = backbone.name();
    options.put(OptionGroup.RUN, RecordOptions.options(defaults.run()));
    options.put(OptionGroup.METHOD, RecordOptions.options(method.defaults()));
    options.put(OptionGroup.BACKBONE, RecordOptions.options(backbone.defaults()));
    method.texts().ifPresent(texts -> options.put(OptionGroup.TEXT, RecordOptions.options(texts)));
    options.put(OptionGroup.OPTIMIZER, RecordOptions.options(defaults.optimizer()));
    options.put(OptionGroup.SCHEDULE, RecordOptions.options(defaults.schedule()));
    options.put(OptionGroup.CHECKPOINT, RecordOptions.options(defaults.checkpoint()));
    options.put(OptionGroup.EVALUATION, RecordOptions.options(defaults.evaluation()));
    options.put(OptionGroup.DEVICE, RecordOptions.options(defaults.device()));
  }

  /** In the order of {@link OptionGroup}, each in declaration order. */
  public Map<OptionGroup, List<OptionInfo>> options() {
    return Collections.unmodifiableMap(options);
  }

  /**
   * Which option is meant.
   *
   * @throws io.github.nolabel.api.UserMistake if there is none of that name
   */
  OptionKey resolve(Assignment assignment) {
    String name = assignment.name();
    OptionKey shortForm = SHORT.get(Suggestions.fold(name));
    if (shortForm != null) {
      return shortForm;
    }
    int dot = name.indexOf('.');
    return dot < 0
        ? withoutPrefix(assignment)
        : inGroup(assignment, group(assignment, name.substring(0, dot)), name.substring(dot + 1));
  }

  private OptionGroup group(Assignment assignment, String prefix) {
    List<String> prefixes = Arrays.stream(OptionGroup.values()).map(OptionGroup::prefix).toList();
    return Arrays.stream(OptionGroup.values())
        .filter(group -> Suggestions.fold(group.prefix()).equals(Suggestions.fold(prefix)))
        .findFirst()
        .orElseThrow(
            () ->
                assignment.mistake(
                    "Unknown group of options '%s' in '%s'.%s Groups: %s."
                        .formatted(
                            prefix,
                            assignment.name(),
                            Suggestions.didYouMean(prefix, prefixes),
                            String.join(", ", prefixes))));
  }

  private OptionKey withoutPrefix(Assignment assignment) {
    return WITHOUT_PREFIX.stream()
        .flatMap(group -> find(group, assignment.name()).stream())
        .findFirst()
        .orElseThrow(() -> assignment.mistake(unknown(assignment.name())));
  }

  private String unknown(String name) {
    return AkSslNames.instead(name)
        .map(instead -> "'%s' is AK_SSL's and no option here: %s.".formatted(name, instead))
        .orElseGet(
            () ->
                "Unknown option '%s'.%s Options of %s: %s."
                    .formatted(
                        name,
                        Suggestions.didYouMean(name, allNames()),
                        method,
                        names(OptionGroup.METHOD)));
  }

  private OptionKey inGroup(Assignment assignment, OptionGroup group, String name) {
    if (!options.containsKey(group)) {
      throw assignment.mistake(
          "'%s' is about texts, which %s does not read.".formatted(assignment.name(), method));
    }
    return find(group, name)
        .orElseThrow(
            () ->
                assignment.mistake(
                    "Unknown option '%s' of the %s.%s Options: %s."
                        .formatted(
                            name,
                            title(group),
                            Suggestions.didYouMean(
                                name,
                                options.getOrDefault(group, List.of()).stream()
                                    .map(OptionInfo::name)
                                    .toList()),
                            names(group))));
  }

  private String title(OptionGroup group) {
    return switch (group) {
      case METHOD -> "method " + method;
      case BACKBONE -> "backbone " + backbone;
      default -> group.prefix();
    };
  }

  private Optional<OptionKey> find(OptionGroup group, String name) {
    String wanted = Suggestions.fold(name);
    return options.getOrDefault(group, List.of()).stream()
        .filter(option -> spellings(option).anyMatch(s -> Suggestions.fold(s).equals(wanted)))
        .map(option -> new OptionKey(group, option.name()))
        .findFirst();
  }

  private static Stream<String> spellings(OptionInfo option) {
    return Stream.concat(Stream.of(option.name()), option.aliases().stream());
  }

  private List<String> allNames() {
    return options.entrySet().stream()
        .flatMap(
            group ->
                group.getValue().stream()
                    .map(o -> new OptionKey(group.getKey(), o.name()).written()))
        .toList();
  }

  private String names(OptionGroup group) {
    return options.getOrDefault(group, List.of()).stream()
        .map(OptionInfo::name)
        .collect(Collectors.joining(", "));
  }
}
