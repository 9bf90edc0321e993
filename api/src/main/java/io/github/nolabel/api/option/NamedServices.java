package io.github.nolabel.api.option;

import io.github.nolabel.api.UserMistake;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Services indexed by name; immutable. Give it a {@link java.util.ServiceLoader}, or a list in
 * tests. Case, dashes and underscores do not matter when looking one up.
 */
public final class NamedServices<S extends NamedService> {

  private static final Pattern KEBAB_CASE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final String kind;
  private final Map<String, S> byName = new TreeMap<>();
  private final Map<String, S> byFoldedName = new TreeMap<>();

  private NamedServices(String kind) {
    this.kind = kind;
  }

  /**
   * @param kind what to call one of these in messages, for example {@code method}
   * @throws IllegalStateException if two services share a name; both classes are named
   */
  public static <S extends NamedService> NamedServices<S> index(
      String kind, Iterable<? extends S> services) {
    NamedServices<S> index = new NamedServices<>(kind);
    services.forEach(index::add);
    return index;
  }

  /**
   * @throws UserMistake if there is none by that name; the message lists those there are
   */
  public S require(String name) {
    S service = byFoldedName.get(Suggestions.fold(name));
    if (service == null) {
      throw new UserMistake(
          "No %s '%s'.%s Available: %s."
              .formatted(
                  kind,
                  name,
                  Suggestions.didYouMean(name, byName.keySet()),
                  byName.isEmpty()
                      ? "none (is a jar that provides one on the class path?)"
                      : String.join(", ", byName.keySet())));
    }
    return service;
  }

  /** All services in the order of their names. */
  public Collection<S> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  private void add(S service) {
    if (!KEBAB_CASE.matcher(service.name()).matches()) {
      throw new IllegalStateException(
          "%s names its %s '%s'; names are kebab-case"
              .formatted(service.home().getName(), kind, service.name()));
    }
    byName.put(service.name(), service);
    List<String> names = new ArrayList<>(service.aliases());
    names.add(service.name());
    names.forEach(name -> claim(name, service));
  }

  private void claim(String name, S service) {
    S earlier = byFoldedName.putIfAbsent(Suggestions.fold(name), service);
    if (earlier != null && earlier != service) {
      throw new IllegalStateException(
          "Two providers claim %s '%s':%n  %s%n  %s"
              .formatted(kind, name, earlier.home().getName(), service.home().getName()));
    }
  }
}
