/**
 * The person at the keyboard: what they see, and how they stop things. Start at {@link
 * io.github.nolabel.cli.console.Console}.
 */
@NullMarked
package io.github.nolabel.cli.console;

import org.jspecify.annotations.NullMarked;
