package io.github.nolabel.api.train;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;

/** When checkpoints are written and kept; options are set as {@code checkpoint.NAME}. */
public record CheckpointConfig(
    @Option(value = "Steps between checkpoints; 0 leaves it to the epochs", min = 0, max = 1e12)
        long everySteps,
    @Option(value = "Epochs between checkpoints; 0 leaves it to the steps", min = 0, max = 1e9)
        long everyEpochs,
    @Option(value = "How many checkpoints are kept, the newest ones", min = 1, max = 1e6)
        int keep) {

  public static final CheckpointConfig DEFAULTS = new CheckpointConfig(0, 1, 2);

  public CheckpointConfig {
    RecordOptions.check(CheckpointConfig.class, everySteps, everyEpochs, keep);
  }

  /**
   * The same with one option changed, such as {@code with("keep", 3)}.
   *
   * @throws io.github.nolabel.api.UserMistake if there is no such option or value
   */
  public CheckpointConfig with(String option, Object value) {
    return RecordOptions.with(this, option, value);
  }

  /** Whether the state after {@code stepsDone} steps is to be written. */
  public boolean isDue(long stepsDone, long stepsPerEpoch) {
    boolean bySteps = everySteps > 0 && stepsDone % everySteps == 0;
    boolean byEpochs = everyEpochs > 0 && stepsDone % (everyEpochs * stepsPerEpoch) == 0;
    return bySteps || byEpochs;
  }
}
