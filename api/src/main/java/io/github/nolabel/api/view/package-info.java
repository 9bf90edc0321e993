/** Looks at an image, as data. Start at {@link io.github.nolabel.api.view.View}. */
@NullMarked
package io.github.nolabel.api.view;

import org.jspecify.annotations.NullMarked;
