/** Programs to copy from. Start at {@link io.github.nolabel.examples.PretrainInJava}. */
@NullMarked
package io.github.nolabel.examples;

import org.jspecify.annotations.NullMarked;
