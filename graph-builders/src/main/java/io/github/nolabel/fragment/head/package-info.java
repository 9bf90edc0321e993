/** Projection and prediction heads. Start at {@link io.github.nolabel.fragment.head.Mlp}. */
@NullMarked
package io.github.nolabel.fragment.head;

import org.jspecify.annotations.NullMarked;
