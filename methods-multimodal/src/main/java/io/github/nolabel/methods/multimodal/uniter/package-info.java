/** UNITER. Start at {@link io.github.nolabel.methods.multimodal.uniter.UniterConfig}. */
@NullMarked
package io.github.nolabel.methods.multimodal.uniter;

import org.jspecify.annotations.NullMarked;
