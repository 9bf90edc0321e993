/** Texts as token ids. Start at {@link io.github.nolabel.text.Tokenizer}. */
@NullMarked
package io.github.nolabel.text;

import org.jspecify.annotations.NullMarked;
