package io.github.nolabel.runs.engine;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.SavedState;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Weights of another run that a fresh one starts with: those of the same name and shape, and the
 * statistics beside them. Moments, queues and centres start anew. A teacher that the other run did
 * not have is a copy of its student, as teachers are at first.
 *
 * @param tensors by name
 * @param note how many were taken, in a sentence
 */
record StartingWeights(Map<String, Tensor> tensors, List<String> note) {

  static final StartingWeights NONE = new StartingWeights(Map.of(), List.of());

  private static final String STUDENT = "student/";
  private static final String TEACHER = "teacher/";
  private static final int NAMED = 3;

  /**
   * @param from the folder of a run
   * @throws UserMistake if there is no run, or nothing of it fits
   */
  static StartingWeights of(Path from, TrainingProgram program, TrainingRuntime runtime) {
    new RunDirectory(from).requireRun();
    SavedState saved = runtime.saved(from);
    Set<String> weights = weights(program);
    Map<String, Tensor> taken = new LinkedHashMap<>();
    List<String> fresh = new ArrayList<>();
    for (StateTensor tensor : program.state()) {
      if (weights.contains(student(tensor.name()))) {
        Tensor other = of(saved.state(), tensor.name());
        if (other != null && fits(other, tensor)) {
          taken.put(tensor.name(), other);
        } else {
          fresh.add(tensor.name());
        }
      }
    }
    if (taken.isEmpty()) {
      throw new UserMistake(
          "No weight of the run in %s fits: none has a name and shape known here. It has '%s', this run has '%s'. Choose the method or backbone of that run."
              .formatted(from, first(saved.state().keySet()), first(weights)));
    }
    return new StartingWeights(taken, List.of(note(from, saved.step(), taken.size(), fresh)));
  }

  private static String note(Path from, long step, int taken, List<String> fresh) {
    String rest =
        fresh.isEmpty()
            ? "."
            : "; %d start fresh: %s%s."
                .formatted(
                    fresh.size(),
                    fresh.stream().limit(NAMED).collect(Collectors.joining(", ")),
                    fresh.size() > NAMED ? " and %d more".formatted(fresh.size() - NAMED) : "");
    return "%d of %d weights come from step %d of the run in %s%s"
        .formatted(taken, taken + fresh.size(), step, from, rest);
  }

  /** What is trained, and what stands beside it: a normalisation's running statistics. */
  private static Set<String> weights(TrainingProgram program) {
    Set<String> places =
        program.state().stream()
            .filter(StateTensor::trained)
            .map(tensor -> place(tensor.name()))
            .collect(Collectors.toSet());
    return program.state().stream()
        .filter(tensor -> tensor.trained() || places.contains(place(tensor.name())))
        .map(StateTensor::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static @Nullable Tensor of(Map<String, Tensor> saved, String name) {
    Tensor own = saved.get(name);
    return own == null ? saved.get(student(name)) : own;
  }

  private static boolean fits(Tensor other, StateTensor tensor) {
    return other.type() == tensor.type() && other.shape().equals(tensor.shape());
  }

  private static String student(String name) {
    return name.startsWith(TEACHER) ? STUDENT + name.substring(TEACHER.length()) : name;
  }

  private static String place(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('/')));
  }

  private static String first(Set<String> names) {
    return names.stream()
        .filter(name -> !name.startsWith("optimizer/"))
        .sorted()
        .findFirst()
        .orElse("nothing");
  }
}
