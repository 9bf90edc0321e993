/**
 * What must be true of SimCLR. Start at {@link
 * io.github.nolabel.methods.vision.simclr.SimClrRunTest}.
 */
@NullMarked
package io.github.nolabel.methods.vision.simclr;

import org.jspecify.annotations.NullMarked;
