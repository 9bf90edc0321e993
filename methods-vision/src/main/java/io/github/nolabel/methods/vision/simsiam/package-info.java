/** SimSiam. Start at {@link io.github.nolabel.methods.vision.simsiam.SimSiamConfig}. */
@NullMarked
package io.github.nolabel.methods.vision.simsiam;

import org.jspecify.annotations.NullMarked;
