package io.github.nolabel.runs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AkSslNamesTest {

  private final Planner planner = new Planner(Defaults.STANDARD, Catalogue.standard());

  @ParameterizedTest
  @CsvSource({
    "mean, backbone.normalisation",
    "std, backbone.normalisation",
    "dim, leave it out",
    "save_dir, choose another folder",
    "reload_checkpoint, Resume it",
    "start_epoch, Resume it",
    "feature_size, follows from the backbone",
    "verbose, progress is always told",
  })
  void whatHasNoCounterpartIsRefusedWithWhatToDo(String name, String instead) {
    assertThatThrownBy(() -> plan(name, "1"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("'%s' is AK_SSL's", name)
        .hasMessageContaining(instead);
  }

  @Test
  void theIntervalOfCheckpointsIsAccepted() {
    assertThat(plan("checkpoint_interval", "10").settings().checkpoint().everyEpochs())
        .isEqualTo(10);
  }

  @Test
  void mixedPrecisionIsAccepted() {
    assertThat(plan("mixed_precision_training", "true").settings().optimizer().mixedPrecision())
        .isTrue();
  }

  private ResolvedPlan plan(String name, String value) {
    return planner.plan(List.of(List.of(new Assignment(name, value, ""))));
  }
}
