package io.github.nolabel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.Runs;
import io.github.nolabel.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose text network starts from a file, which is then deleted. */
class TextWeightsRunTest {

  @TempDir Path tmp;

  @Test
  void theRunKeepsTheFileAndGoesOnWithoutIt() throws IOException {
    Path photos = Shapes.write(tmp.resolve("photos"), 16);
    Path first = tmp.resolve("first");
    Runs.pretrain(plan(photos).set("text.width", 8).set("text.depth", 1), first);
    Path tokenizer = first.resolve("tokenizer.json");
    int tokens = Tokenizers.read(tokenizer).vocabulary().size();
    Path weights = BertFile.write(tmp.resolve("bert.safetensors"), tokens, 16);
    Path run = tmp.resolve("run");
    Runs.pretrain(withFile(photos, tokenizer, weights), run);
    assertThat(Files.readString(run.resolve("run.json")))
        .contains(
            "first values of all 20 parameters of the text network (1 blocks, 8 features, 1"
                + " heads).");
    Files.delete(weights);
    assertThat(run.resolve("source/text/bert.safetensors")).exists();
    assertThat(Runs.open(run).cuts()).isNotEmpty();
    BertFile.write(weights, tokens + 1, 16);
    assertThatThrownBy(
            () -> Runs.pretrain(withFile(photos, tokenizer, weights), tmp.resolve("other")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("has vectors for " + (tokens + 1) + " tokens");
  }

  private static RunPlan withFile(Path photos, Path tokenizer, Path weights) {
    return plan(photos).set("text.tokenizer", tokenizer).set("text.weights", weights);
  }

  private static RunPlan plan(Path photos) {
    return RunPlan.of("clip")
        .data("folder:" + photos)
        .backbone("small-cnn")
        .set("backbone.width", 4)
        .imageSize(16)
        .epochs(1)
        .batchSize(8)
        .set("text.network", "bert-tiny")
        .set("text.heads", 1)
        .set("text.length", 8);
  }
}
