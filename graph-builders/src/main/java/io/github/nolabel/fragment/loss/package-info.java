/** Embeddings to a scalar. Start at {@link io.github.nolabel.fragment.loss.NtXent}. */
@NullMarked
package io.github.nolabel.fragment.loss;

import org.jspecify.annotations.NullMarked;
