package io.github.nolabel.mechanism;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Role;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A slowly moving copy of the student (Tarvainen and Valpola 2017, arXiv 1703.01780). It starts
 * equal to the student; at the end of every update, after the student has moved,
 *
 * <pre>
 * teacher = momentum * teacher + (1 - momentum) * student
 * </pre>
 *
 * for weights, biases, gains and embeddings, paired by path. The running statistics of its batch
 * normalisations come from its own passes. Reports {@code teacher_distance}, the length of the
 * difference over the length of the student, before the update.
 */
public final class MeanTeacher {

  private static final Set<Role> LEARNT =
      EnumSet.of(Role.WEIGHT, Role.BIAS, Role.GAIN, Role.EMBEDDING);

  private final StepGraph step;
  private final String teacher;
  private final String student;

  private MeanTeacher(StepGraph step, String teacher, String student) {
    this.step = step;
    this.teacher = teacher;
    this.student = student;
  }

  /**
   * Opens the teacher's scope. Whatever is attached to it must have been, or must be, attached to
   * the student's scope in the same way.
   *
   * @param momentum in [0, 1] at every step: 1 never moves the teacher
   */
  public static Scope of(StepGraph step, String teacher, String student, Schedule momentum) {
    MeanTeacher mechanism = new MeanTeacher(step, teacher, student);
    Value share = step.scheduled(teacher + "_momentum", momentum);
    step.afterUpdate(() -> mechanism.follow(share));
    return step.graph().mirrorScope(teacher, student);
  }

  private void follow(Value momentum) {
    Ops g = step.ops(teacher + "_update");
    Map<Value, Value> pairs = pairs();
    reportDistance(g, pairs);
    Value rest = g.sub(g.constant(1), momentum);
    pairs.forEach(
        (mine, theirs) -> {
          Value moved = step.graph().next(theirs);
          Value next = g.add(g.mul(mine, momentum), g.mul(moved, rest));
          step.writeOnUpdate(mine, next);
        });
  }

  private void reportDistance(Ops g, Map<Value, Value> pairs) {
    Value apart = squares(g, pairs, true);
    Value length = squares(g, pairs, false);
    step.monitor(teacher + "_distance", g.sqrt(g.div(apart, g.add(length, g.constant(1e-12)))));
  }

  private static Value squares(Ops g, Map<Value, Value> pairs, boolean difference) {
    return pairs.entrySet().stream()
        .map(p -> difference ? g.sub(p.getValue(), p.getKey()) : p.getValue())
        .map(x -> g.reduceSum(g.mul(x, x), false))
        .reduce(g::add)
        .orElseThrow();
  }

  /** The teacher's values with the student's. */
  private Map<Value, Value> pairs() {
    GraphBuilder graph = step.graph();
    Map<String, Value> values =
        graph.parameters().stream().collect(Collectors.toMap(Parameter::name, Parameter::value));
    Map<Value, Value> pairs = new LinkedHashMap<>();
    graph.parameters().stream()
        .filter(p -> p.name().startsWith(teacher + "/") && LEARNT.contains(p.role()))
        .forEach(p -> pairs.put(p.value(), counterpart(p, values)));
    return pairs;
  }

  private Value counterpart(Parameter mine, Map<String, Value> values) {
    Value theirs = values.get(student + mine.name().substring(teacher.length()));
    if (theirs == null || !theirs.shape().equals(mine.value().shape())) {
      throw new IllegalStateException(
          "The teacher's '%s' has no counterpart of its shape under '%s'. Attach the same fragment to both."
              .formatted(mine.name(), student));
    }
    return theirs;
  }
}
