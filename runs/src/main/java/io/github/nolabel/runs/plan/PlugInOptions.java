package io.github.nolabel.runs.plan;

import io.github.nolabel.api.option.Further;
import io.github.nolabel.api.option.NamedService;
import io.github.nolabel.api.option.NamedServices;
import io.github.nolabel.api.option.OptionInfo;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.option.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Options of a plug-in that was chosen as the kind of a group, such as an optimizer: they are set
 * by name, {@code optimizer.beta1=0.95}, and the group's configuration keeps them as one text. A
 * plug-in's option hides the group's of the same name, which its algorithm does not read; not so in
 * a layer that has the text, such as the record of a run.
 *
 * @param group such as {@code optimizer}
 * @param kind the option that chooses, such as {@code algorithm}
 */
record PlugInOptions(String group, String kind) {

  private static final String FURTHER = "further";

  /** The layers with a last one that says what they say of such options. */
  <S extends NamedService> List<List<Assignment>> gathered(
      List<List<Assignment>> layers, NamedServices<S> services, Function<S, Record> defaults) {
    List<OptionInfo> own =
        chosen(layers, services).map(defaults).map(RecordOptions::options).orElse(List.of());
    Map<String, String> values = new LinkedHashMap<>();
    List<List<Assignment>> rest = new ArrayList<>();
    for (List<Assignment> layer : layers) {
      boolean plain = last(List.of(layer), group + FURTHER).isPresent();
      rest.add(layer.stream().filter(each -> plain || !taken(each, own, values)).toList());
    }
    if (!values.isEmpty()) {
      rest.add(List.of(new Assignment(group + "." + FURTHER, written(layers, values), "")));
    }
    return rest;
  }

  private <S extends NamedService> Optional<S> chosen(
      List<List<Assignment>> layers, NamedServices<S> services) {
    return last(layers, group, group + kind)
        .flatMap(
            name ->
                services.all().stream()
                    .filter(
                        service -> Suggestions.fold(service.name()).equals(Suggestions.fold(name)))
                    .findFirst());
  }

  private boolean taken(Assignment assignment, List<OptionInfo> own, Map<String, String> values) {
    Optional<OptionInfo> option =
        own.stream().filter(each -> is(assignment, group + each.name())).findFirst();
    option.ifPresent(each -> values.put(each.name(), assignment.value()));
    return option.isPresent();
  }

  /** What is said as one text comes first, so that what is said by name wins. */
  private String written(List<List<Assignment>> layers, Map<String, String> values) {
    String byName =
        values.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(" "));
    return last(layers, group + FURTHER)
        .filter(text -> !text.equals(Further.NONE))
        .map(text -> text + " " + byName)
        .orElse(byName);
  }

  private static Optional<String> last(List<List<Assignment>> layers, String... spellings) {
    return layers.stream()
        .flatMap(List::stream)
        .filter(each -> List.of(spellings).stream().anyMatch(name -> is(each, name)))
        .map(Assignment::value)
        .reduce((earlier, later) -> later);
  }

  private static boolean is(Assignment assignment, String folded) {
    return Suggestions.fold(assignment.name()).equals(Suggestions.fold(folded));
  }
}
