/** Distillation. Start at {@link io.github.nolabel.methods.vision.distil.DistilConfig}. */
@NullMarked
package io.github.nolabel.methods.vision.distil;

import org.jspecify.annotations.NullMarked;
