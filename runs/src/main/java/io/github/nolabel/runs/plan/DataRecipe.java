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
              "interpolation", "bilinear",
              "optimizer.learningRate", "3e-3",
              "schedule.warmupSteps", "20"));

  /**
   * Drawings and their names: names of a few words; all of them are learnt in three styles and
   * looked for in the fourth, since a word that was never seen cannot be found.
   */
  private static final DataRecipe NAMED_DRAWINGS =
      new DataRecipe(
          Set.of("clip", "slip", "vse", "simvlm"),
          "packaged",
          ordered(
              "data", "packaged?heldOut=fluent-emoji-flat",
              "batchSize", "128",
              "epochs", "30",
              "text.length", "12",
              "optimizer.learningRate", "3e-3",
              "schedule.warmupSteps", "50"));

  /**
   * ALBEF on them: of a thousand steps in all, a teacher that averages two hundred is too slow; and
   * a long queue holds other drawings of the same name, right answers that count as wrong.
   */
  private static final DataRecipe ALBEF =
      NAMED_DRAWINGS.of(
          "albef",
          ordered(
              "movingAverageDecay", "0.9",
              "finalMovingAverageDecay", "0.9",
              "queueSize", "128"));

  /**
   * UNITER on them, which are few: every step trains all tasks, and the alignment of words and
   * regions weighs as much as the judgement of pairs.
   */
  private static final DataRecipe UNITER =
      NAMED_DRAWINGS.of("uniter", ordered("tasks", "all", "wraWeight", "1"));

  static final List<DataRecipe> PACKAGED = List.of(DRAWINGS, NAMED_DRAWINGS, ALBEF, UNITER);

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

  /** The same for one other method, with values of its own. */
  private DataRecipe of(String method, Map<String, String> own) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.putAll(own);
    return new DataRecipe(Set.of(method), data, all);
  }

  private static Map<String, String> ordered(String... namesAndValues) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return values;
  }
}
