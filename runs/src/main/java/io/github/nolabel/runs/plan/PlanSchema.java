package io.github.nolabel.runs.plan;

import io.github.nolabel.api.option.NamedService;
import io.github.nolabel.api.option.NamedServices;
import io.github.nolabel.api.option.OptionInfo;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.fragment.backbone.BackboneProvider;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.MethodProvider;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * JSON Schema (draft 7) of the files that {@code RunPlan.read} takes, for editors that complete and
 * check while somebody types. Programs read further spellings, such as {@code Batch_Size}; the
 * schema has {@code batchSize} and, as flags have it, {@code batch-size}.
 */
public final class PlanSchema {

  private static final Map<String, Object> TEXT = Map.of("type", "string");
  private static final Map<String, Object> VALUE =
      Map.of("type", List.of("string", "number", "boolean"));

  /** Groups that stand for their choice of kind where a plain text is given. */
  private static final Set<OptionGroup> NAMED =
      Set.of(OptionGroup.METHOD, OptionGroup.BACKBONE, OptionGroup.OPTIMIZER, OptionGroup.SCHEDULE);

  private final Map<OptionGroup, List<Record>> records;
  private final Map<String, Object> names;
  private final String title;

  private PlanSchema(
      String title, Map<OptionGroup, List<Record>> records, Map<String, Object> names) {
    this.title = title;
    this.records = records;
    this.names = names;
  }

  /**
   * Of plans of one method with one backbone; defaults are those that hold for them.
   *
   * @param plan a plan that says the two and no more
   */
  public static PlanSchema of(ResolvedPlan plan) {
    Map<OptionGroup, List<Record>> records = new EnumMap<>(OptionGroup.class);
    plan.settings().records().forEach((group, config) -> records.put(group, List.of(config)));
    MethodProvider<?> method = plan.method();
    Map<String, Object> names = new LinkedHashMap<>();
    names.put("method", suggested(spellings(method)));
    names.put("preset", Map.of("enum", presets(List.of(method))));
    names.put("backbone", suggested(backbones(plan.catalogue())));
    String title =
        "Plan of a run of %s with the backbone %s"
            .formatted(method.name(), plan.settings().run().backbone());
    return new PlanSchema(title, records, names);
  }

  /** Of all plans: whatever some method, backbone or reader of texts has for an option is known. */
  public static PlanSchema of(Catalogue catalogue, Defaults defaults) {
    Map<OptionGroup, List<Record>> records = new EnumMap<>(OptionGroup.class);
    List<MethodProvider<?>> methods = List.copyOf(catalogue.methods().all());
    records.put(OptionGroup.RUN, List.of(defaults.run()));
    records.put(OptionGroup.METHOD, methods.stream().<Record>map(m -> m.defaults()).toList());
    records.put(
        OptionGroup.BACKBONE,
        catalogue.backbones().all().stream().<Record>map(BackboneProvider::defaults).toList());
    records.put(OptionGroup.TEXT, methods.stream().flatMap(PlanSchema::texts).toList());
    records.put(OptionGroup.OPTIMIZER, List.of(defaults.optimizer()));
    records.put(OptionGroup.SCHEDULE, List.of(defaults.schedule()));
    records.put(OptionGroup.CHECKPOINT, List.of(defaults.checkpoint()));
    records.put(OptionGroup.EVALUATION, List.of(defaults.evaluation()));
    records.put(OptionGroup.DEVICE, List.of(defaults.device()));
    Map<String, Object> names = new LinkedHashMap<>();
    names.put("method", suggested(methods.stream().flatMap(m -> spellings(m).stream()).toList()));
    names.put("preset", Map.of("enum", presets(methods)));
    names.put("backbone", suggested(backbones(catalogue)));
    return new PlanSchema("Plan of a run", records, names);
  }

  private static Stream<Record> texts(MethodProvider<?> method) {
    Optional<TextConfig> texts = method.texts();
    return texts.<Record>map(config -> config).stream();
  }

  /** The schema as maps and lists, for a JSON writer. */
  public Map<String, Object> json() {
    Map<String, Object> groups = new LinkedHashMap<>();
    records.forEach((group, configs) -> groups.put(group.prefix(), group(group)));
    Map<String, Object> all = new LinkedHashMap<>(groups);
    all.put("out", described("Where the run goes", TEXT));
    all.put("resume", described("Go on with the run in out", Map.of("type", "boolean")));
    Map<String, Object> set = new LinkedHashMap<>();
    set.put("type", "object");
    set.put("additionalProperties", VALUE);
    all.put("set", described("Options of any group by name", set));
    for (OptionGroup group : OptionSpace.WITHOUT_PREFIX) {
      options(group).forEach(all::putIfAbsent);
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", title);
    schema.put("type", "object");
    schema.put("properties", all);
    schema.put("patternProperties", Map.of(dotted(), VALUE));
    schema.put("additionalProperties", false);
    return schema;
  }

  /** Such as {@code optimizer.learningRate}. */
  private String dotted() {
    return records.keySet().stream()
        .map(OptionGroup::prefix)
        .collect(Collectors.joining("|", "^(", ")\\."));
  }

  private Map<String, Object> group(OptionGroup group) {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (group == OptionGroup.METHOD || group == OptionGroup.BACKBONE) {
      properties.put("name", named(group.prefix()));
    }
    properties.putAll(options(group));
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put("properties", properties);
    object.put("additionalProperties", false);
    return NAMED.contains(group) ? either(kind(group), object) : object;
  }

  private Map<String, Object> kind(OptionGroup group) {
    return switch (group) {
      case METHOD, BACKBONE -> named(group.prefix());
      default -> options(group, group == OptionGroup.OPTIMIZER ? "algorithm" : "kind");
    };
  }

  private Map<String, Object> options(OptionGroup group, String name) {
    @SuppressWarnings("unchecked")
    Map<String, Object> found = (Map<String, Object>) options(group).getOrDefault(name, TEXT);
    return found;
  }

  private Map<String, Object> named(String name) {
    @SuppressWarnings("unchecked")
    Map<String, Object> found = (Map<String, Object>) names.getOrDefault(name, TEXT);
    return found;
  }

  /**
   * Every spelling of every option of the group; what differs between records is either of both.
   */
  private Map<String, Object> options(OptionGroup group) {
    Map<String, Set<Object>> found = new LinkedHashMap<>();
    List<Record> configs = records.getOrDefault(group, List.of());
    for (Record config : configs) {
      Map<String, Object> values = RecordOptions.describe(config);
      for (OptionInfo option : RecordOptions.options(config)) {
        Object schema =
            group == OptionGroup.RUN && names.containsKey(option.name())
                ? described(option.summary(), named(option.name()))
                : new OptionSchema(option, values.getOrDefault(option.name(), ""))
                    .json(configs.size() == 1);
        spellings(group, option)
            .forEach(name -> found.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(schema));
      }
    }
    Map<String, Object> options = new LinkedHashMap<>();
    found.forEach((name, all) -> options.put(name, all.size() == 1 ? first(all) : anyOf(all)));
    return options;
  }

  /** Options of the run are also known as flags are. */
  private static Stream<String> spellings(OptionGroup group, OptionInfo option) {
    String flag = option.name().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    Stream<String> flags = group == OptionGroup.RUN ? Stream.of(flag) : Stream.of();
    return Stream.of(Stream.of(option.name()), flags, option.aliases().stream())
        .flatMap(Function.identity())
        .distinct();
  }

  private static Object first(Set<Object> all) {
    return all.iterator().next();
  }

  private static Map<String, Object> anyOf(Set<Object> all) {
    return Map.of("anyOf", List.copyOf(all));
  }

  private static Map<String, Object> either(Map<String, Object> one, Map<String, Object> other) {
    return Map.of("anyOf", List.of(one, other));
  }

  /** Names that are known; others may be written in another way or be a plug-in's. */
  private static Map<String, Object> suggested(List<String> known) {
    return either(Map.of("enum", List.copyOf(new LinkedHashSet<>(known))), TEXT);
  }

  private static Map<String, Object> described(String description, Map<String, Object> schema) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("description", description);
    described.putAll(schema);
    return described;
  }

  private static List<String> spellings(NamedService service) {
    List<String> names = new ArrayList<>(List.of(service.name()));
    names.addAll(service.aliases());
    return names;
  }

  private static List<String> backbones(Catalogue catalogue) {
    NamedServices<BackboneProvider<?>> backbones = catalogue.backbones();
    return backbones.all().stream().map(NamedService::name).toList();
  }

  private static List<String> presets(List<MethodProvider<?>> methods) {
    Set<String> names = new TreeSet<>();
    methods.forEach(method -> names.addAll(method.presets().keySet()));
    List<String> presets = new ArrayList<>(List.of(RunConfig.NO_PRESET));
    presets.addAll(names);
    return presets;
  }
}
