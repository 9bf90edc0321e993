package io.github.nolabel.runs.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values that suit one method on one data set better than the paper's, which are meant for photos.
 * Whatever the user says wins over them.
 */
public record DataRecipe(String method, String data, Map<String, String> values) {

  /**
   * SimCLR on the packaged drawings: colour and layout are much of what makes a drawing what it is,
   * so the views differ less.
   */
  static final DataRecipe PACKAGED =
      new DataRecipe(
          "simclr",
          "packaged",
          ordered(
              "temperature", "0.1",
              "colorJitterStrength", "0.4",
              "minCropScale", "0.3",
              "blur", "false",
              "optimizer.learningRate", "3e-3",
              "schedule.warmupSteps", "20"));

  public DataRecipe {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  boolean suits(String chosenMethod, String source) {
    return method.equals(chosenMethod) && data.equals(source);
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
