/** Real images in, batches out. Start at {@link io.github.nolabel.data.Datasets}. */
@NullMarked
package io.github.nolabel.data;

import org.jspecify.annotations.NullMarked;
