package io.github.nolabel.objective;

import java.util.List;

/**
 * An objective with a moving copy of its backbone: both the scope "student" and the scope "teacher"
 * hold one, and the student is what it deploys.
 */
public interface TeacherObjective extends ImageObjective {

  @Override
  default List<String> networks() {
    return List.of("student", "teacher");
  }
}
