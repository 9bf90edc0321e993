package io.github.nolabel.evaluation;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;

/**
 * What is evaluated while a run trains; options are set as {@code evaluation.NAME}. None of it has
 * an influence on what is learnt.
 */
public record EvaluationConfig(
    @Option(
            value = "Epochs between looks at held-out images' nearest neighbours; 0 never looks",
            min = 0,
            max = 1e9)
        long everyEpochs) {

  /** A look every five epochs costs a few hundredths of the training at most. */
  public static final EvaluationConfig DEFAULTS = new EvaluationConfig(5);

  public EvaluationConfig {
    RecordOptions.check(EvaluationConfig.class, everyEpochs);
  }
}
