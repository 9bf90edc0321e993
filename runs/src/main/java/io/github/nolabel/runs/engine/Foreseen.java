package io.github.nolabel.runs.engine;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.runs.plan.ResolvedPlan;
import io.github.nolabel.runs.plan.RunConfig;
import io.github.nolabel.text.Tokenizer;
import java.util.Optional;
import java.util.function.Consumer;

/** The images that a run would learn from and what it would read of each; nothing is written. */
public record Foreseen(Dataset data, InputPlan inputs) {

  /**
   * @throws UserMistake if plan and data do not go together, no image can be read, or the method
   *     reads region features in place of images
   */
  public static Foreseen of(ResolvedPlan plan, Consumer<String> notices) {
    RunConfig run = plan.settings().run();
    Dataset opened =
        Datasets.open(run.data(), run.datasetSettings(), plan.catalogue().sources(), notices);
    boolean reads = plan.settings().texts().isPresent();
    Dataset data = reads ? opened.withCaptions(run.method(), notices) : opened;
    InputPlan inputs = inputs(plan, data);
    if (!inputs.regions().isEmpty()) {
      throw new UserMistake(
          "%s reads region features in place of images, so there are no views to look at."
              .formatted(run.method()));
    }
    data.requireReadable();
    return new Foreseen(data, inputs);
  }

  private static InputPlan inputs(ResolvedPlan plan, Dataset data) {
    long batches = Math.max(1, data.training().size() / plan.settings().run().batchSize());
    Optional<Vocabulary> vocabulary =
        plan.tokenizer(RunTokenizer.captions(data.training())).map(Tokenizer::vocabulary);
    return plan.compiled(batches, vocabulary).recipe().inputs();
  }
}
