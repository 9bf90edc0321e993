package io.github.nolabel.runs.plan;

import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.DeviceConfig;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.evaluation.EvaluationConfig;
import io.github.nolabel.fragment.text.TextConfig;
import java.util.Locale;
import java.util.stream.Stream;

/** Whose options they are; the name is the prefix in {@code PREFIX.NAME}. */
public enum OptionGroup {
  /** The run as a whole; most have a flag of their own. */
  RUN(RunConfig.class),
  /** The method; its prefix may be left out. */
  METHOD(OptionGroup.Anything.class),
  BACKBONE(OptionGroup.Anything.class),
  /** How texts are read, by methods that do. */
  TEXT(TextConfig.class),
  OPTIMIZER(OptimizerConfig.class),
  SCHEDULE(ScheduleConfig.class),
  CHECKPOINT(CheckpointConfig.class),
  /** What is evaluated while the run trains. */
  EVALUATION(EvaluationConfig.class),
  /** How the device is used; which one it is belongs to the run. */
  DEVICE(DeviceConfig.class);

  /** What methods and backbones of plug-ins have for options. */
  private interface Anything {}

  private final Class<?> type;

  OptionGroup(Class<?> type) {
    this.type = type;
  }

  /** Whose options a configuration holds; a record of no group of ours is the method's. */
  public static OptionGroup of(Record config) {
    return Stream.of(values())
        .filter(group -> group.type.isInstance(config))
        .findFirst()
        .orElse(METHOD);
  }

  /** As users write it. */
  public String prefix() {
    return name().toLowerCase(Locale.ROOT);
  }
}
