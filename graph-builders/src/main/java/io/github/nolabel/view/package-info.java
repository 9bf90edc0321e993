/**
 * Views as parts of a graph. Start at {@link io.github.nolabel.view.RenderedViews}. Every change
 * has two forms: this one, and the processor's in the module data; what they share is laid down in
 * {@link io.github.nolabel.api.view.DrawnView}.
 */
@NullMarked
package io.github.nolabel.view;

import org.jspecify.annotations.NullMarked;
