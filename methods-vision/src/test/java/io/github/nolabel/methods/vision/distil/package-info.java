/** Runs of distillation. */
@NullMarked
package io.github.nolabel.methods.vision.distil;

import org.jspecify.annotations.NullMarked;
