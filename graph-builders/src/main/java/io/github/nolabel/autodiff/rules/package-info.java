/**
 * One row per operator, one family per file. Start at {@link
 * io.github.nolabel.autodiff.rules.StandardRules}.
 */
@NullMarked
package io.github.nolabel.autodiff.rules;

import org.jspecify.annotations.NullMarked;
