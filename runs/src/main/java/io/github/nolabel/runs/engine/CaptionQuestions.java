package io.github.nolabel.runs.engine;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.text.Tokenizer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked about held-out captions.
 *
 * @param written how well they are predicted; empty if the method writes none
 * @param judged how well pairs are judged; empty if the method judges none
 */
public record CaptionQuestions(Optional<Captioning> written, Optional<PairQuestions> judged) {

  /** Whether the method writes captions, guesses their hidden words or tells whose they are. */
  public static boolean arePossible(CompiledMethod method) {
    return Captioning.isPossible(method) || PairQuestions.isPossible(method);
  }

  static CaptionQuestions of(Preparation ready) {
    return ready
        .tokenizer()
        .map(
            made ->
                of(
                    ready.method(),
                    ready.data(),
                    made.tokenizer(),
                    ready.settings().texts().orElseThrow().length()))
        .orElse(new CaptionQuestions(Optional.empty(), Optional.empty()));
  }

  /** About these images and captions, for a run that reads texts. */
  public static CaptionQuestions of(TrainedRun run, RunDirectory folder, Dataset data) {
    Tokenizer tokenizer = RunTokenizer.read(run.plan(), folder).orElseThrow().tokenizer();
    return of(run.method(), data, tokenizer, run.plan().texts().orElseThrow().length());
  }

  private static CaptionQuestions of(
      CompiledMethod method, Dataset data, Tokenizer tokenizer, int length) {
    return new CaptionQuestions(
        Captioning.of(method, data, tokenizer), PairQuestions.of(method, data, tokenizer, length));
  }

  /** How many pairs of an image and a caption are asked; 0 if there is nothing to ask. */
  public int pairs() {
    return written
        .map(Captioning::heldOut)
        .or(() -> judged.map(PairQuestions::heldOut))
        .map(pairs -> pairs.texts().size())
        .orElse(0);
  }

  /** The figures of a run at some of its weights. */
  public Map<String, Double> ask(
      TrainedRun run,
      Map<String, Tensor> state,
      long step,
      TrainingRuntime runtime,
      DeviceSettings device) {
    Map<String, Double> figures = new LinkedHashMap<>();
    written.ifPresent(asked -> figures.putAll(asked.ask(run, state, step, runtime, device)));
    judged.ifPresent(asked -> figures.putAll(asked.ask(run, state, step, runtime, device)));
    return figures;
  }
}
