/** MoCo v2 and v3. Start at {@link io.github.nolabel.methods.vision.moco.MoCoV2Config}. */
@NullMarked
package io.github.nolabel.methods.vision.moco;

import org.jspecify.annotations.NullMarked;
