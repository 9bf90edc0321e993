package io.github.nolabel.runs.protocol;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.OptionInfo;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.runs.plan.Assignment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which options of which protocol somebody means. */
record ProtocolOptions(Protocols protocols, List<Protocol<?>> chosen) {

  List<Question<?>> questions(List<Assignment> given) {
    Map<Protocol<?>, Map<String, String>> values = new LinkedHashMap<>();
    chosen.forEach(protocol -> values.put(protocol, new LinkedHashMap<>()));
    given.forEach(assignment -> assign(assignment, values));
    List<Question<?>> questions = new ArrayList<>();
    values.forEach((protocol, options) -> questions.add(Question.of(protocol, options)));
    return questions;
  }

  private void assign(Assignment given, Map<Protocol<?>, Map<String, String>> values) {
    int dot = given.name().indexOf('.');
    String option = given.name().substring(dot + 1);
    List<Protocol<?>> meant = dot < 0 ? chosen : meant(given.name().substring(0, dot), given);
    List<Protocol<?>> having =
        meant.stream().filter(p -> canonical(p, option).isPresent()).toList();
    if (having.isEmpty()) {
      throw nobodys(given, option, meant);
    }
    for (Protocol<?> protocol : having) {
      put(
          values.getOrDefault(protocol, Map.of()),
          canonical(protocol, option).orElseThrow(),
          given);
    }
  }

  private List<Protocol<?>> meant(String prefix, Assignment given) {
    String wanted = Suggestions.fold(prefix);
    List<Protocol<?>> known =
        protocols.all().stream().filter(p -> prefixes(p).anyMatch(wanted::equals)).toList();
    if (known.isEmpty()) {
      List<String> groups = groups();
      throw new UserMistake(
          "Unknown group of options '%s' in '%s'.%s Groups: %s."
              .formatted(
                  prefix,
                  given.name(),
                  Suggestions.didYouMean(prefix, groups),
                  String.join(", ", groups)));
    }
    List<Protocol<?>> meant = known.stream().filter(chosen::contains).toList();
    if (meant.isEmpty()) {
      throw unchosen(given, known);
    }
    return meant;
  }

  private static Stream<String> prefixes(Protocol<?> protocol) {
    return Stream.of(protocol.group(), protocol.name()).map(Suggestions::fold);
  }

  /** Those of the chosen protocols, and of others that share a group. */
  private List<String> groups() {
    Set<String> groups = chosen.stream().map(Protocol::group).collect(Collectors.toSet());
    Set<String> prefixes = new LinkedHashSet<>();
    protocols.all().stream()
        .filter(p -> groups.contains(p.group()) && !infos(p).isEmpty())
        .forEach(p -> prefixes.addAll(List.of(p.group(), p.name())));
    return List.copyOf(prefixes);
  }

  private UserMistake nobodys(Assignment given, String option, List<Protocol<?>> meant) {
    List<Protocol<?>> others =
        protocols.all().stream().filter(p -> canonical(p, option).isPresent()).toList();
    Set<String> groups = meant.stream().map(Protocol::group).collect(Collectors.toSet());
    boolean ofAnother = others.stream().noneMatch(p -> groups.contains(p.group()));
    return !others.isEmpty() && ofAnother ? unchosen(given, others) : unknown(option, meant);
  }

  private static UserMistake unchosen(Assignment given, List<Protocol<?>> having) {
    boolean classifiers = having.stream().allMatch(Probing.class::isInstance);
    return new UserMistake(
        "Option '%s' belongs to %s: choose the protocol %s."
            .formatted(
                given.name(),
                classifiers ? "a protocol that trains a classifier" : "another protocol",
                String.join(" or ", names(having))));
  }

  private static UserMistake unknown(String option, List<Protocol<?>> meant) {
    List<String> options =
        meant.stream().flatMap(p -> infos(p).stream()).map(OptionInfo::name).distinct().toList();
    return new UserMistake(
        "Unknown option '%s' of the protocol %s.%s Options: %s."
            .formatted(
                option,
                String.join(" or ", names(meant)),
                Suggestions.didYouMean(option, options),
                options.isEmpty() ? "none" : String.join(", ", options)));
  }

  private static List<String> names(List<Protocol<?>> protocols) {
    return protocols.stream().<String>map(Protocol::name).toList();
  }

  private static List<OptionInfo> infos(Protocol<?> protocol) {
    return RecordOptions.options(protocol.defaults());
  }

  private static Optional<String> canonical(Protocol<?> protocol, String option) {
    String wanted = Suggestions.fold(option);
    return infos(protocol).stream()
        .filter(
            info ->
                Stream.concat(Stream.of(info.name()), info.aliases().stream())
                    .anyMatch(name -> Suggestions.fold(name).equals(wanted)))
        .map(OptionInfo::name)
        .findFirst();
  }

  private static void put(Map<String, String> options, String name, Assignment given) {
    String earlier = options.put(name, given.value());
    if (earlier != null) {
      throw new UserMistake(
          "Option '%s' is given twice, as '%s' and as '%s'."
              .formatted(name, earlier, given.value()));
    }
  }
}
