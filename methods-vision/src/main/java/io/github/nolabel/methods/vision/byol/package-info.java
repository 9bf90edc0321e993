/** BYOL. Start at {@link io.github.nolabel.methods.vision.byol.ByolConfig}. */
@NullMarked
package io.github.nolabel.methods.vision.byol;

import org.jspecify.annotations.NullMarked;
