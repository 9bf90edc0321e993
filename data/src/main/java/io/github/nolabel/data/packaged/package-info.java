/**
 * Emoji in four hands: the default data set. Start at {@link
 * io.github.nolabel.data.packaged.PackagedSource}.
 */
@NullMarked
package io.github.nolabel.data.packaged;

import org.jspecify.annotations.NullMarked;
