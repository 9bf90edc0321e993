package io.github.nolabel.runs.report;

import io.github.nolabel.evaluation.NeighbourQuestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How people call the answers to a question: by the images' class where each answer has one of its
 * own, else by the first image of which the answer is right.
 */
record ClassNames(Map<Integer, String> byAnswer) {

  static ClassNames of(Exhibition shown, NeighbourQuestion question) {
    Map<Integer, Integer> first = new HashMap<>();
    List<Integer> labels = question.labels();
    for (int image = 0; image < labels.size(); image++) {
      first.putIfAbsent(labels.get(image), image);
    }
    boolean classes =
        first.values().stream().map(shown::className).distinct().count() == first.size();
    Map<Integer, String> names = new HashMap<>();
    first.forEach(
        (answer, image) ->
            names.put(answer, classes ? shown.className(image) : shown.images().name(image)));
    return new ClassNames(names);
  }

  String of(int answer) {
    return byAnswer.getOrDefault(answer, "–");
  }
}
