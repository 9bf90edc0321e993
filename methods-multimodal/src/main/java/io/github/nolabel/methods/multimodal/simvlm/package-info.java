/** SimVLM. Start at {@link io.github.nolabel.methods.multimodal.simvlm.SimVlmConfig}. */
@NullMarked
package io.github.nolabel.methods.multimodal.simvlm;

import org.jspecify.annotations.NullMarked;
