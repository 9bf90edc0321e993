/** SwAV. Start at {@link io.github.nolabel.methods.vision.swav.SwavConfig}. */
@NullMarked
package io.github.nolabel.methods.vision.swav;

import org.jspecify.annotations.NullMarked;
