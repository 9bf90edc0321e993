package io.github.nolabel.runs.plan;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.OptionInfo;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.evaluation.FineTuning;
import io.github.nolabel.evaluation.LinearProbe;
import io.github.nolabel.evaluation.ProbeProtocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The options of the evaluation protocols that train a classifier, and what somebody made them. */
public final class ProtocolOptions {

  /** Means whichever of the protocols is carried out. */
  private static final String ANY = "probe";

  private static final List<ProbeProtocol> ALL = List.of(LinearProbe.DEFAULTS, FineTuning.DEFAULTS);

  private ProtocolOptions() {}

  /** Names of the protocols that have options. */
  public static List<String> names() {
    return ALL.stream().map(ProbeProtocol::name).toList();
  }

  /** The options of one of {@link #names()}, in declaration order. */
  public static List<OptionInfo> of(String protocol) {
    return RecordOptions.options((Record) defaults(protocol));
  }

  /**
   * The chosen protocols as somebody wants them.
   *
   * @param chosen some of {@link #names()}
   * @param given named {@code NAME}, {@code probe.NAME} or {@code PROTOCOL.NAME}
   * @throws UserMistake if an option is unknown, given twice, unreadable or out of range
   */
  public static Map<String, ProbeProtocol> choose(List<String> chosen, List<Assignment> given) {
    Map<String, Map<String, String>> values = new LinkedHashMap<>();
    chosen.forEach(protocol -> values.put(protocol, new LinkedHashMap<>()));
    given.forEach(assignment -> assign(assignment, chosen, values));
    Map<String, ProbeProtocol> protocols = new LinkedHashMap<>();
    values.forEach((name, options) -> protocols.put(name, overridden(defaults(name), options)));
    return protocols;
  }

  private static void assign(
      Assignment given, List<String> chosen, Map<String, Map<String, String>> values) {
    int dot = given.name().indexOf('.');
    String option = given.name().substring(dot + 1);
    List<String> meant = dot < 0 ? chosen : meant(given.name().substring(0, dot), chosen, given);
    if (meant.isEmpty()) {
      throw new UserMistake(
          "Option '%s' belongs to a protocol that trains a classifier: choose the protocol %s."
              .formatted(given.name(), String.join(" or ", names())));
    }
    List<String> having = meant.stream().filter(p -> canonical(p, option).isPresent()).toList();
    if (having.isEmpty()) {
      throw unknown(option, meant);
    }
    for (String protocol : having) {
      put(
          values.getOrDefault(protocol, Map.of()),
          canonical(protocol, option).orElseThrow(),
          given);
    }
  }

  private static List<String> meant(String prefix, List<String> chosen, Assignment given) {
    String wanted = Suggestions.fold(prefix);
    List<String> prefixes = Stream.concat(Stream.of(ANY), names().stream()).toList();
    if (!prefixes.contains(wanted)) {
      throw new UserMistake(
          "Unknown group of options '%s' in '%s'.%s Groups: %s."
              .formatted(
                  prefix,
                  given.name(),
                  Suggestions.didYouMean(prefix, prefixes),
                  String.join(", ", prefixes)));
    }
    return wanted.equals(ANY) ? chosen : chosen.stream().filter(wanted::equals).toList();
  }

  private static Optional<String> canonical(String protocol, String option) {
    String wanted = Suggestions.fold(option);
    return of(protocol).stream()
        .filter(
            info ->
                Stream.concat(Stream.of(info.name()), info.aliases().stream())
                    .anyMatch(name -> Suggestions.fold(name).equals(wanted)))
        .map(OptionInfo::name)
        .findFirst();
  }

  private static UserMistake unknown(String option, List<String> protocols) {
    List<String> known = new ArrayList<>();
    protocols.forEach(p -> of(p).forEach(info -> known.add(info.name())));
    List<String> options = known.stream().distinct().toList();
    return new UserMistake(
        "Unknown option '%s' of the protocol %s.%s Options: %s."
            .formatted(
                option,
                String.join(" or ", protocols),
                Suggestions.didYouMean(option, options),
                String.join(", ", options)));
  }

  private static void put(Map<String, String> options, String name, Assignment given) {
    String earlier = options.put(name, given.value());
    if (earlier != null) {
      throw new UserMistake(
          "Option '%s' is given twice, as '%s' and as '%s'."
              .formatted(name, earlier, given.value()));
    }
  }

  private static ProbeProtocol overridden(ProbeProtocol defaults, Map<String, String> options) {
    return defaults instanceof LinearProbe linear
        ? RecordOptions.override(linear, options)
        : RecordOptions.override((FineTuning) defaults, options);
  }

  private static ProbeProtocol defaults(String protocol) {
    return ALL.stream().filter(p -> p.name().equals(protocol)).findFirst().orElseThrow();
  }
}
