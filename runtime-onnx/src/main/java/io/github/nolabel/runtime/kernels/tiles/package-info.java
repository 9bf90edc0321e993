/**
 * Convolutions of 3 x 3 that compute squares, or strips, of results at once. Internal to this
 * module. Start at {@link io.github.nolabel.runtime.kernels.tiles.TilePolicy}.
 */
@NullMarked
package io.github.nolabel.runtime.kernels.tiles;

import org.jspecify.annotations.NullMarked;
