/**
 * What another implementation was found to break. Start at {@link
 * io.github.nolabel.methods.multimodal.defects.MultimodalDefectsTest}.
 */
@NullMarked
package io.github.nolabel.methods.multimodal.defects;

import org.jspecify.annotations.NullMarked;
