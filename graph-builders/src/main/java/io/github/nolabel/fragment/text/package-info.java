/** Networks that read texts. Start at {@link io.github.nolabel.fragment.text.TextEncoder}. */
@NullMarked
package io.github.nolabel.fragment.text;

import org.jspecify.annotations.NullMarked;
