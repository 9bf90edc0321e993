/** CLIP and SigLIP. Start at {@link io.github.nolabel.methods.multimodal.clip.ClipConfig}. */
@NullMarked
package io.github.nolabel.methods.multimodal.clip;

import org.jspecify.annotations.NullMarked;
