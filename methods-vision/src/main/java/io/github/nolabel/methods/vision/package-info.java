/** Methods that learn from images alone, a package for each. Start at {@code simclr}. */
@NullMarked
package io.github.nolabel.methods.vision;

import org.jspecify.annotations.NullMarked;
