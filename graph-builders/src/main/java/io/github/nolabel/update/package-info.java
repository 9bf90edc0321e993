/**
 * Gradients to updates, as graph nodes plus declared state. Start at {@link
 * io.github.nolabel.update.UpdateRule}.
 */
@NullMarked
package io.github.nolabel.update;

import org.jspecify.annotations.NullMarked;
