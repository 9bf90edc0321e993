package io.github.nolabel.runs.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values that suit some methods on one data set better than the papers', which are meant for
 * photos. Whatever the user says wins over them.
 */
public record DataRecipe(Set<String> methods, String data, Map<String, String> values) {

  /**
   * SimCLR on the packaged drawings: colour and layout are much of what makes a drawing what it is,
   * so the views differ less.
   */
  private static final DataRecipe DRAWINGS =
      new DataRecipe(
          Set.of("simclr"),
          "packaged",
          ordered(
              "temperature", "0.1",
              "colorJitterStrength", "0.4",
              "minCropScale", "0.3",
              "blur", "false",
              "optimizer.learningRate", "3e-3",
              "schedule.warmupSteps", "20"));

  /**
   * Drawings and their names: names of a few words; all of them are learnt in three styles and
   * looked for in the fourth, since a word that was never seen cannot be found.
   */
  private static final DataRecipe NAMED_DRAWINGS =
      new DataRecipe(
          Set.of("clip", "slip", "albef", "vse", "simvlm", "uniter"),
          "packaged",
          ordered(
              "data", "packaged?heldOut=fluent-emoji-flat",
              "batchSize", "128",
              "epochs", "30",
              "text.length", "12",
              "optimizer.learningRate", "3e-3",
              "schedule.warmupSteps", "50"));

  static final List<DataRecipe> PACKAGED = List.of(DRAWINGS, NAMED_DRAWINGS);

  public DataRecipe {
    methods = Set.copyOf(methods);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  boolean suits(String chosenMethod, String source) {
    return methods.contains(chosenMethod) && source.split("\\?", 2)[0].equals(data);
  }

  List<Assignment> assignments() {
    return values.entrySet().stream()
        .map(entry -> new Assignment(entry.getKey(), entry.getValue(), "the recipe of " + data))
        .toList();
  }

  private static Map<String, String> ordered(String... namesAndValues) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return values;
  }
}
