package io.github.nolabel.examples.spring;

import io.github.nolabel.runs.RunPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants trained. What is not said follows from the method and the data, as on the
 * command line.
 *
 * @param data such as {@code folder:photos}
 * @param backbone such as {@code resnet18}
 * @param options any further options by name, such as {@code temperature} or {@code method}
 */
public record RunRequest(
    @Nullable String data,
    @Nullable String backbone,
    @Nullable Integer epochs,
    @Nullable Integer batchSize,
    @Nullable Integer imageSize,
    @Nullable Map<String, @Nullable String> options) {

  RunPlan plan() {
    Map<String, @Nullable Object> said = new LinkedHashMap<>();
    said.put("data", data);
    said.put("backbone", backbone);
    said.put("epochs", epochs);
    said.put("batchSize", batchSize);
    said.put("imageSize", imageSize);
    if (options != null) {
      said.putAll(options);
    }
    return plan(said);
  }

  private static RunPlan plan(Map<String, @Nullable Object> said) {
    RunPlan plan = RunPlan.of("simclr");
    for (Map.Entry<String, @Nullable Object> option : said.entrySet()) {
      Object value = option.getValue();
      plan = value == null ? plan : plan.set(option.getKey(), value);
    }
    return plan;
  }
}
