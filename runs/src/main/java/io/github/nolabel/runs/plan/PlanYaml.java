package io.github.nolabel.runs.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.nolabel.api.option.RecordOptions;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A resolved plan as YAML that {@link ConfigFile} reads: every option by group and name. */
final class PlanYaml {

  private PlanYaml() {}

  /** The groups in order, each under a comment that says what it is. */
  static String of(ResolvedPlan plan) {
    StringBuilder yaml = new StringBuilder();
    plan.settings()
        .records()
        .forEach(
            (group, config) ->
                yaml.append("# ")
                    .append(title(group, plan))
                    .append('\n')
                    .append(yaml(group, config)));
    return yaml.toString();
  }

  private static String title(OptionGroup group, ResolvedPlan plan) {
    RunConfig run = plan.settings().run();
    return switch (group) {
      case RUN -> "The run as a whole";
      case METHOD -> "%s: %s".formatted(run.method(), plan.method().summary());
      case BACKBONE -> "The network that is trained, " + run.backbone();
      case TEXT -> "How texts are read";
      case OPTIMIZER -> "How gradients become updates";
      case SCHEDULE -> "How the learning rate moves";
      case CHECKPOINT -> "When the run can be gone back to";
      case EVALUATION -> "What is asked while the run trains";
      case DEVICE -> "How the device is used";
    };
  }

  private static String yaml(OptionGroup group, Record config) {
    Map<String, Object> values = RecordOptions.describe(config);
    if (values.isEmpty()) {
      return group.prefix() + ": {}\n";
    }
    values.replaceAll((name, value) -> plain(value));
    try {
      return PlanMapper.YAML.writeValueAsString(Map.of(group.prefix(), ordered(values)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers, truths and texts are always YAML", e);
    }
  }

  private static Map<String, Object> ordered(Map<String, Object> values) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * YAML wants a sign in the exponent that Java leaves out of large numbers: those are spelled out.
   */
  static Object plain(Object value) {
    if (value instanceof Double number) {
      boolean large = Double.isFinite(number) && Math.abs(number) >= 1e7;
      return large ? BigDecimal.valueOf(number) : number;
    }
    return value instanceof Number || value instanceof Boolean ? value : RecordOptions.text(value);
  }
}
