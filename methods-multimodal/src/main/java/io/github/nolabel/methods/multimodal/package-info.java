/** The place of image-text methods; it holds none yet. */
@NullMarked
package io.github.nolabel.methods.multimodal;

import org.jspecify.annotations.NullMarked;
