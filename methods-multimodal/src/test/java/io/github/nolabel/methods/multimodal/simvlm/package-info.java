/**
 * Tests of SimVLM. Start at {@link io.github.nolabel.methods.multimodal.simvlm.CaptionNetworkTest}.
 */
@NullMarked
package io.github.nolabel.methods.multimodal.simvlm;

import org.jspecify.annotations.NullMarked;
