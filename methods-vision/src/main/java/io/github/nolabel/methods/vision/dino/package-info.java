/** DINO. Start at {@link io.github.nolabel.methods.vision.dino.DinoConfig}. */
@NullMarked
package io.github.nolabel.methods.vision.dino;

import org.jspecify.annotations.NullMarked;
