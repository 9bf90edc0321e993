package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which parameters of a backbone a file has values for, and what it has besides. */
final class WeightMatch {

  private static final int SHOWN = 5;

  /** What other networks put beside the class token. */
  private static final Set<String> SEEN_TOKENS = Set.of("dist_token", "reg_token");

  private static final String TRIAL = "trial";

  private final NamedWeights file;
  private final Map<String, Tensor> values = new LinkedHashMap<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> otherShape = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();

  /**
   * @throws UserMistake if a weight that is needed cannot be read
   */
  WeightMatch(NamedWeights file, Backbone backbone) {
    this.file = file;
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    backbone.attach(graph.scope(TRIAL));
    graph.parameters().forEach(this::match);
  }

  private void match(Parameter parameter) {
    String path = parameter.name().substring(TRIAL.length() + 1);
    Shape shape = parameter.value().shape();
    paths.add(path);
    file.extents(path)
        .ifPresentOrElse(
            extents -> {
              if (extents.equals(shape.dims().stream().map(dim -> dim.extent()).toList())) {
                values.put(path, file.tensor(path));
              } else {
                otherShape.add("%s is %s here and %s there".formatted(path, shape, extents));
              }
            },
            () -> missing.add(path));
  }

  /** By path below the backbone's scope. */
  Map<String, Tensor> values() {
    return Collections.unmodifiableMap(values);
  }

  /**
   * @param name of the backbone
   * @throws UserMistake if the file is of another network
   */
  void requireAny(String name) {
    if (values.isEmpty()) {
      String first = file.paths().stream().findFirst().orElse("nothing");
      throw new UserMistake(
          "%s holds no weight of %s: of %d tensors, none has a name and shape known there. It has '%s', %s has '%s'. Were they saved from another network?"
              .formatted(file.path(), name, file.size(), first, name, paths.get(0)));
    }
  }

  /**
   * @throws UserMistake if a parameter has no value in the file, or the file's network computes
   *     with more
   */
  void requireAll(String name) {
    List<String> surplus = file.namesOf(this::isWithin);
    if (missing.isEmpty() && otherShape.isEmpty() && surplus.isEmpty()) {
      return;
    }
    List<String> problems = new ArrayList<>();
    if (!otherShape.isEmpty()) {
      problems.add("of another shape: " + shown(otherShape));
    }
    if (!missing.isEmpty()) {
      problems.add("missing: " + shown(missing));
      String near = Suggestions.didYouMean(missing.get(0), unused());
      problems.set(problems.size() - 1, problems.get(problems.size() - 1) + near);
    }
    if (!surplus.isEmpty()) {
      problems.add("that it computes with and we do not: " + shown(surplus));
    }
    throw new UserMistake(
        "%s does not fit %s; %s. %s, or take what fits: backbone.partialWeights=true."
            .formatted(file.path(), name, String.join("; ", problems), advice()));
  }

  /** Whether a path without a parameter lies where the network has parameters. */
  private boolean isWithin(String path) {
    return !paths.contains(path)
        && (SEEN_TOKENS.contains(path) || paths.stream().anyMatch(own -> shareScope(own, path)));
  }

  private static boolean shareScope(String own, String other) {
    int end = own.indexOf('/');
    return end > 0 && other.startsWith(own.substring(0, end + 1));
  }

  private String advice() {
    boolean positions = otherShape.stream().anyMatch(line -> line.startsWith("pos_embed "));
    boolean stem = otherShape.stream().anyMatch(line -> line.startsWith("conv1/weight "));
    if (positions) {
      return "Choose the imageSize and backbone.patchSize that they were trained with";
    }
    return stem
        ? "Choose the backbone.stem that they were trained with"
        : "Choose the backbone that they were trained with";
  }

  /** What people should know, in sentences. */
  List<String> report() {
    List<String> report = new ArrayList<>();
    report.add(
        "%s: first values of %d of %d parameters."
            .formatted(file.path(), values.size(), paths.size()));
    if (!file.folder().isEmpty()) {
      report.add("Names begin with '%s' there.".formatted(file.folder()));
    }
    add(report, "Not in the file, so they start anew", missing);
    add(report, "Of another shape, so they start anew", otherShape);
    add(report, "Left out, as a classifier", file.classifier());
    add(report, "Left out, as the network has no such parameter", unused());
    return report;
  }

  private List<String> unused() {
    return file.namesOf(path -> !paths.contains(path));
  }

  private static void add(List<String> report, String what, Collection<String> lines) {
    if (!lines.isEmpty()) {
      report.add("%s: %s.".formatted(what, shown(List.copyOf(lines))));
    }
  }

  private static String shown(List<String> lines) {
    String first = String.join(", ", lines.subList(0, Math.min(SHOWN, lines.size())));
    return lines.size() > SHOWN ? first + " and %d more".formatted(lines.size() - SHOWN) : first;
  }
}
