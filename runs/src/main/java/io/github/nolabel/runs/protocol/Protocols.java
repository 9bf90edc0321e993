package io.github.nolabel.runs.protocol;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.NamedServices;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.evaluation.FineTuning;
import io.github.nolabel.evaluation.LinearProbe;
import io.github.nolabel.runs.plan.Assignment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/** The evaluation protocols by name; immutable. */
public final class Protocols {

  private static final List<Protocol<?>> SHIPPED =
      List.of(
          new Knn(),
          new Probing<>(
              LinearProbe.DEFAULTS,
              "a linear classifier is trained on the features of the frozen network"),
          new Probing<>(
              FineTuning.DEFAULTS,
              "a copy of the whole network is trained under a fresh classifier"),
          new RetrievalProtocol(),
          new ZeroShotProtocol(),
          new CaptionProtocol());

  private final List<Protocol<?>> all;

  private Protocols(Collection<? extends Protocol<?>> all) {
    NamedServices<Protocol<?>> checked = NamedServices.index("protocol", all);
    List<Protocol<?>> ordered = new ArrayList<>();
    SHIPPED.forEach(one -> ordered.add(checked.require(one.name())));
    checked.all().stream().filter(one -> !ordered.contains(one)).forEach(ordered::add);
    this.all = List.copyOf(ordered);
  }

  /** This library's, and those of plug-ins that its class loader sees. */
  public static Protocols standard() {
    return of(Protocols.class.getClassLoader());
  }

  /** This library's, and those of plug-ins that {@code loader} sees. */
  public static Protocols of(ClassLoader loader) {
    List<Protocol<?>> seen = new ArrayList<>(SHIPPED);
    ServiceLoader.load(Protocol.class, loader).forEach(seen::add);
    return new Protocols(seen);
  }

  /** The same and these, which replace those of the same name. */
  public Protocols with(Collection<? extends Protocol<?>> added) {
    Map<String, Protocol<?>> byName = new LinkedHashMap<>();
    all.forEach(one -> byName.put(one.name(), one));
    added.forEach(one -> byName.put(one.name(), one));
    return new Protocols(byName.values());
  }

  /** This library's first, then those of plug-ins in the order of their names. */
  public List<Protocol<?>> all() {
    return all;
  }

  /** Their names, in the order of {@link #all}. */
  public List<String> names() {
    return all.stream().<String>map(Protocol::name).toList();
  }

  /**
   * @throws UserMistake if there is none by that name; near ones are suggested
   */
  public Protocol<?> require(String name) {
    String wanted = Suggestions.fold(name);
    return all.stream()
        .filter(
            one ->
                Stream.concat(Stream.of(one.name()), one.aliases().stream())
                    .anyMatch(known -> Suggestions.fold(known).equals(wanted)))
        .findFirst()
        .orElseThrow(
            () ->
                new UserMistake(
                    "No protocol '%s'.%s Protocols: %s."
                        .formatted(
                            name,
                            Suggestions.didYouMean(name, names()),
                            String.join(", ", names()))));
  }

  /**
   * Reads a list such as {@code knn,linear}.
   *
   * @throws UserMistake if there is no such protocol, or none at all
   */
  public List<Protocol<?>> parse(String list) {
    Set<Protocol<?>> chosen = new LinkedHashSet<>();
    for (String name : List.of(list.split(",", -1))) {
      chosen.add(require(name.strip()));
    }
    return List.copyOf(chosen);
  }

  /**
   * A protocol with options by name.
   *
   * @throws UserMistake if there is no such protocol or option, or a value is out of range
   */
  public Question<?> choose(String name, Map<String, ?> options) {
    List<Assignment> given = new ArrayList<>();
    options.forEach((option, value) -> given.add(new Assignment(option, text(value), "")));
    return choose(List.of(require(name)), given).get(0);
  }

  private static String text(Object value) {
    return RecordOptions.text(value);
  }

  /**
   * The chosen protocols as somebody wants them.
   *
   * @param given named {@code NAME}, {@code GROUP.NAME} or {@code PROTOCOL.NAME}
   * @throws UserMistake if an option is unknown, given twice, unreadable or out of range
   */
  public List<Question<?>> choose(List<Protocol<?>> chosen, List<Assignment> given) {
    return new ProtocolOptions(this, chosen).questions(given);
  }
}
