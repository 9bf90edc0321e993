/** Layers, one record per file. Start at {@link io.github.nolabel.fragment.layer.Dense}. */
@NullMarked
package io.github.nolabel.fragment.layer;

import org.jspecify.annotations.NullMarked;
