/** ALBEF. Start at {@link io.github.nolabel.methods.multimodal.albef.AlbefConfig}. */
@NullMarked
package io.github.nolabel.methods.multimodal.albef;

import org.jspecify.annotations.NullMarked;
