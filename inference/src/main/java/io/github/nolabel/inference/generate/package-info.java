/**
 * Texts written token by token, by any model that says what comes next. Start at {@link
 * io.github.nolabel.inference.generate.Generator}.
 */
@NullMarked
package io.github.nolabel.inference.generate;

import org.jspecify.annotations.NullMarked;
