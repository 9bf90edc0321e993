/**
 * Operators on feature maps in the kernels' own layout, and the pass over the model that puts them
 * in. Internal to this module. Start at {@link
 * io.github.nolabel.runtime.kernels.maps.MapOperators}.
 */
@NullMarked
package io.github.nolabel.runtime.kernels.maps;

import org.jspecify.annotations.NullMarked;
