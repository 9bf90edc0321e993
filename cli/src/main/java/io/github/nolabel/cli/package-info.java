/**
 * The program itself: streams, exit codes, signals. Start at {@link io.github.nolabel.cli.Main}.
 */
@NullMarked
package io.github.nolabel.cli;

import org.jspecify.annotations.NullMarked;
