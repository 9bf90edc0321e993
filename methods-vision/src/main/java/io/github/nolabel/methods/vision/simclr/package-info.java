/** SimCLR v1 and v2. Start at {@link io.github.nolabel.methods.vision.simclr.SimClrConfig}. */
@NullMarked
package io.github.nolabel.methods.vision.simclr;

import org.jspecify.annotations.NullMarked;
