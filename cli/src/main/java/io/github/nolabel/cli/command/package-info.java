/**
 * One class per command of the program. Start at {@link io.github.nolabel.cli.command.Commands}.
 */
@NullMarked
package io.github.nolabel.cli.command;

import org.jspecify.annotations.NullMarked;
