/**
 * Pictures of methods, drawn from their graphs. Start at {@link
 * io.github.nolabel.site.figure.MethodFigure}.
 */
@NullMarked
package io.github.nolabel.site.figure;

import org.jspecify.annotations.NullMarked;
