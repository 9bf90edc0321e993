/** Files of region features. Start at {@link io.github.nolabel.data.region.RegionFile}. */
@NullMarked
package io.github.nolabel.data.region;

import org.jspecify.annotations.NullMarked;
