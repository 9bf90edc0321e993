/**
 * What is true of every method. Start at {@link
 * io.github.nolabel.methods.vision.learning.EveryMethodTest}.
 */
@NullMarked
package io.github.nolabel.methods.vision.learning;

import org.jspecify.annotations.NullMarked;
