package io.github.nolabel.runs.plan;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.OpenChoice;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.DeviceConfig;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.evaluation.EvaluationConfig;
import io.github.nolabel.fragment.text.TextConfig;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a run was asked to be, validated.
 *
 * @param text a {@link TextConfig}, or nothing where the method reads no texts
 */
public record RunSettings(
    RunConfig run,
    Record method,
    Record backbone,
    Record text,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    CheckpointConfig checkpoint,
    EvaluationConfig evaluation,
    DeviceConfig device) {

  /** Options that change how a run is carried out, not what comes out of it. */
  private static final Set<String> CIRCUMSTANCES =
      Set.of("data", "strict", "device", "threads", "workers", "initFrom");

  /** Options that name files, whose fingerprints are options too. */
  private static final Set<String> FILES = Set.of("file", "weights");

  /**
   * The run in updates.
   *
   * @param batchesPerEpoch full batches in one pass over the data
   * @throws UserMistake if one update takes more batches than there are
   */
  public RunSpec spec(long batchesPerEpoch) {
    long stepsPerEpoch = batchesPerEpoch / optimizer.accumulate();
    if (stepsPerEpoch == 0) {
      throw new UserMistake(
          "One update takes optimizer.accumulate = %d batches, an epoch has only %d: lower it or the batch size."
              .formatted(optimizer.accumulate(), batchesPerEpoch));
    }
    return spec(run.epochs() * stepsPerEpoch, stepsPerEpoch);
  }

  public RunSpec spec(long steps, long stepsPerEpoch) {
    return new RunSpec(
        run.backbone(),
        texts(backbone),
        run.imageSize(),
        run.batchSize(),
        steps,
        stepsPerEpoch,
        run.seed(),
        optimizer,
        schedule);
  }

  /** How the run reads texts; empty if it reads none. */
  public Optional<TextConfig> texts() {
    return text instanceof TextConfig config ? Optional.of(config) : Optional.empty();
  }

  /** The method's options as texts by name. */
  public Map<String, String> methodOptions() {
    return texts(method);
  }

  /** Where to compute, and how. */
  public DeviceSettings deviceSettings() {
    return run.deviceSettings().with(device);
  }

  /** All options by group, values as they are written to files. */
  public Map<String, Object> described() {
    Map<String, Object> groups = new LinkedHashMap<>();
    records().forEach((group, config) -> groups.put(group.prefix(), plain(config)));
    return groups;
  }

  /** What must be equal for a run to be the same one: all options but the circumstances. */
  public Map<String, String> identity() {
    Map<String, String> identity = new LinkedHashMap<>();
    records()
        .forEach(
            (group, config) ->
                texts(config)
                    .forEach(
                        (name, text) -> {
                          OptionKey key = new OptionKey(group, name);
                          if (isIdentity(group, name) && !EarlierOptions.heldBefore(key, text)) {
                            identity.put(key.written(), text);
                          }
                        }));
    return identity;
  }

  private static boolean isIdentity(OptionGroup group, String name) {
    return group != OptionGroup.CHECKPOINT
        && group != OptionGroup.EVALUATION
        && group != OptionGroup.DEVICE
        && !(group == OptionGroup.RUN && CIRCUMSTANCES.contains(name))
        && !(group == OptionGroup.METHOD && name.equals("teacher"))
        && !(group == OptionGroup.BACKBONE && FILES.contains(name))
        && !(group == OptionGroup.TEXT && (name.equals("tokenizer") || FILES.contains(name)));
  }

  /** The options of one group. */
  Record of(OptionGroup group) {
    return switch (group) {
      case RUN -> run;
      case METHOD -> method;
      case BACKBONE -> backbone;
      case TEXT -> text;
      case OPTIMIZER -> optimizer;
      case SCHEDULE -> schedule;
      case CHECKPOINT -> checkpoint;
      case EVALUATION -> evaluation;
      case DEVICE -> device;
    };
  }

  /** The same with another record for one group, of the same type as before. */
  RunSettings with(OptionGroup group, Record options) {
    return new RunSettings(
        group == OptionGroup.RUN ? (RunConfig) options : run,
        group == OptionGroup.METHOD ? options : method,
        group == OptionGroup.BACKBONE ? options : backbone,
        group == OptionGroup.TEXT ? options : text,
        group == OptionGroup.OPTIMIZER ? (OptimizerConfig) options : optimizer,
        group == OptionGroup.SCHEDULE ? (ScheduleConfig) options : schedule,
        group == OptionGroup.CHECKPOINT ? (CheckpointConfig) options : checkpoint,
        group == OptionGroup.EVALUATION ? (EvaluationConfig) options : evaluation,
        group == OptionGroup.DEVICE ? (DeviceConfig) options : device);
  }

  /** The options of every group that the run has. */
  Map<OptionGroup, Record> records() {
    Map<OptionGroup, Record> records = new EnumMap<>(OptionGroup.class);
    for (OptionGroup group : OptionGroup.values()) {
      if (group != OptionGroup.TEXT || texts().isPresent()) {
        records.put(group, of(group));
      }
    }
    return records;
  }

  private static Map<String, String> texts(Record config) {
    Map<String, String> texts = new LinkedHashMap<>();
    plain(config).forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }

  /** Choices as users write them, all else as it is. */
  private static Map<String, Object> plain(Record config) {
    Map<String, Object> values = RecordOptions.describe(config);
    values.replaceAll(
        (name, value) ->
            value instanceof Enum<?> || value instanceof OpenChoice
                ? RecordOptions.text(value)
                : value);
    return values;
  }
}
