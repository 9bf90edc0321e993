/** SLIP. Start at {@link io.github.nolabel.methods.multimodal.slip.SlipConfig}. */
@NullMarked
package io.github.nolabel.methods.multimodal.slip;

import org.jspecify.annotations.NullMarked;
