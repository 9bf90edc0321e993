/**
 * Views of one image, as a method declares them. Start at {@link
 * io.github.nolabel.data.view.ViewRenderer}.
 */
@NullMarked
package io.github.nolabel.data.view;

import org.jspecify.annotations.NullMarked;
