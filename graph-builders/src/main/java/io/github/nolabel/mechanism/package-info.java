/**
 * State that methods keep beside their weights: the graph half and the Java half of each mechanism
 * in one declaration. Start at {@link io.github.nolabel.mechanism.MeanTeacher}.
 */
@NullMarked
package io.github.nolabel.mechanism;

import org.jspecify.annotations.NullMarked;
