/** Image files to pixels. Start at {@link io.github.nolabel.data.decode.ImageDecoder}. */
@NullMarked
package io.github.nolabel.data.decode;

import org.jspecify.annotations.NullMarked;
