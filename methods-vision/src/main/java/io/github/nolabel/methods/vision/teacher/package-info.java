/**
 * What methods with a mean teacher share. Start at {@link
 * io.github.nolabel.methods.vision.teacher.TeacherOptions}.
 */
@NullMarked
package io.github.nolabel.methods.vision.teacher;

import org.jspecify.annotations.NullMarked;
