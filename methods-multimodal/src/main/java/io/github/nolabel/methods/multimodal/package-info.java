/** Methods that learn from images and their captions, a package for each. */
@NullMarked
package io.github.nolabel.methods.multimodal;

import org.jspecify.annotations.NullMarked;
