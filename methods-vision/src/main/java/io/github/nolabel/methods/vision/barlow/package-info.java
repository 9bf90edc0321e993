/** Barlow Twins. Start at {@link io.github.nolabel.methods.vision.barlow.BarlowTwinsConfig}. */
@NullMarked
package io.github.nolabel.methods.vision.barlow;

import org.jspecify.annotations.NullMarked;
