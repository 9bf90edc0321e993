/**
 * Mistakes that other implementations of these methods are known for. Start at {@link
 * io.github.nolabel.methods.vision.defects.DefectsTest}.
 */
@NullMarked
package io.github.nolabel.methods.vision.defects;

import org.jspecify.annotations.NullMarked;
