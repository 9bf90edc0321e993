package io.github.nolabel.runs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFileTest {

  private static final String RECORD =
      """
      {
        "status": "interrupted",
        "method": "simclr",
        "options": {"run": {"epochs": 2}},
        "notes": ["a note"],
        "data": {"source": "folder:photos", "fingerprint": "ab"},
        "seed": 1,
        "steps": 6,
        "stepsPerEpoch": 3,
        "anchors": {"untrained": {"accuracy": 0.5}},
        "training": {"step": 4, "finalLoss": null, "imagesPerSecond": 1.5, "dataWaitShare": 0,
          "skippedImages": 0, "checkpoint": "x"}
      }
      """;

  @TempDir Path folder;

  @Test
  void whatIsRightIsRead() throws IOException {
    RunFile file = read(RECORD);
    assertThat(file.status()).isEqualTo(Status.INTERRUPTED);
    assertThat(file.steps()).isEqualTo(6);
    assertThat(file.anchors().orElseThrow().untrained()).containsEntry("accuracy", 0.5);
    assertThat(file.training().orElseThrow().finalLoss()).isNaN();
    assertThat(file.record().notes()).containsExactly("a note");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "steps": 6              | "steps": -5            | 'steps' must be a whole number of at least 1, got -5.
          "steps": 6              | "steps": "6"           | 'steps' must be a whole number of at least 1, got "6".
          "steps": 6              | "steps": 1.5           | 'steps' must be a whole number of at least 1, got 1.5.
          "stepsPerEpoch": 3      | "stepsPerEpoch": 0     | 'stepsPerEpoch' must be a whole number of at least 1, got 0.
          "seed": 1               | "seed": null           | 'seed' must be a whole number, got null.
          "seed": 1,              | "sead": 1,             | it has no 'seed'.
          {"run": {"epochs": 2}}  | []                     | 'options' must be an object, got [].
          {"epochs": 2}           | 7                      | 'options.run' must be an object, got 7.
          "epochs": 2             | "epochs": null         | 'options.run.epochs' must be one value, got null.
          "epochs": 2             | "epochs": [2]          | 'options.run.epochs' must be one value, got [2].
          "fingerprint": "ab"     | "fingerprint": 3       | 'data.fingerprint' must be a text, got 3.
          "method": "simclr"      | "method": {}           | 'method' must be a text, got {}.
          "interrupted"           | "asleep"               | 'status' must be one of running, interrupted, diverged, collapsed, failed, complete, got "asleep".
          ["a note"]              | "a note"               | 'notes' must be a list, got "a note".
          "accuracy": 0.5         | "accuracy": "good"     | 'anchors.untrained.accuracy' must be a number, got "good".
          "step": 4               | "step": -1             | 'training.step' must be a whole number of at least 0, got -1.
          """)
  void whatIsWrongIsNamedAndNothingElseHappens(String right, String wrong, String message) {
    assertThat(RECORD).contains(right);
    assertThatThrownBy(() -> read(RECORD.replace(right, wrong)))
        .isInstanceOf(UserMistake.class)
        .hasMessage(folder.resolve("run.json") + " is damaged: " + message);
  }

  private RunFile read(String text) throws IOException {
    return RunFile.read(Files.writeString(folder.resolve("run.json"), text));
  }
}
