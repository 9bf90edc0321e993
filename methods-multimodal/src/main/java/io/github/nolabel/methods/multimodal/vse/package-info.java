/** VSE. Start at {@link io.github.nolabel.methods.multimodal.vse.VseConfig}. */
@NullMarked
package io.github.nolabel.methods.multimodal.vse;

import org.jspecify.annotations.NullMarked;
