/** Texts as token ids. Start at {@link io.github.nolabel.text.Tokenizers}. */
@NullMarked
package io.github.nolabel.text;

import org.jspecify.annotations.NullMarked;
