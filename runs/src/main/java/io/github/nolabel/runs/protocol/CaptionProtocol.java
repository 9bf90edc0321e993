package io.github.nolabel.runs.protocol;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.NoOptions;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.runs.engine.CaptionQuestions;
import io.github.nolabel.runs.engine.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How well captions are predicted from images, and pairs of both judged. */
final class CaptionProtocol implements Protocol<NoOptions> {

  @Override
  public String name() {
    return "caption";
  }

  @Override
  public String summary() {
    return "captions of held-out images are predicted, their hidden words guessed, pairs judged";
  }

  @Override
  public NoOptions defaults() {
    return NoOptions.DEFAULTS;
  }

  @Override
  public void check(Networks networks, NoOptions options) {
    Networks.OfRun asked = networks.ofRun();
    if (!CaptionQuestions.arePossible(asked.run().method())) {
      throw new UserMistake(
          "The run in %s is of %s, which neither writes captions nor judges them; methods such as simvlm and uniter do."
              .formatted(asked.folder().root(), asked.run().method().method()));
    }
  }

  @Override
  public Report ask(Examination examination, NoOptions options) {
    Networks.OfRun asked = examination.networks().ofRun();
    CaptionQuestions questions = questions(asked, examination.readable());
    Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
    for (Weights one : asked.weights()) {
      figures.put(
          one.name(),
          questions.ask(
              asked.run(), one.state(), one.step(), examination.runtime(), examination.device()));
    }
    List<String> lines =
        CaptionLines.of(
            figures.getOrDefault(Subject.TRAINED, Map.of()),
            figures.getOrDefault(Subject.UNTRAINED, Map.of()));
    return Report.of(
        examination.networks().frozen().get(0), Map.of("pairs", questions.pairs()), figures, lines);
  }

  private static CaptionQuestions questions(Networks.OfRun asked, Dataset data) {
    CaptionQuestions questions = CaptionQuestions.of(asked.run(), asked.folder(), data);
    if (questions.pairs() == 0) {
      throw new UserMistake(
          "No held-out image of '%s' has a caption, so there is nothing to ask."
              .formatted(data.source()));
    }
    return questions;
  }
}
