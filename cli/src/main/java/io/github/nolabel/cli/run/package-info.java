/**
 * A run from its plan to its result, and the folder it lives in. Start at {@link
 * io.github.nolabel.cli.run.Pretrainer}.
 */
@NullMarked
package io.github.nolabel.cli.run;

import org.jspecify.annotations.NullMarked;
