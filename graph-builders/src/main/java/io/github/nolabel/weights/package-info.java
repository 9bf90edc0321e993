/** Trained weights in files. Start at {@link io.github.nolabel.weights.SafetensorsFile}. */
@NullMarked
package io.github.nolabel.weights;

import org.jspecify.annotations.NullMarked;
