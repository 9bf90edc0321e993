/**
 * Values and operator applications of a network that is being read, and the table of what becomes
 * of them. Start at {@link io.github.nolabel.networks.table.TranslationTable}.
 */
@NullMarked
package io.github.nolabel.networks.table;

import org.jspecify.annotations.NullMarked;
