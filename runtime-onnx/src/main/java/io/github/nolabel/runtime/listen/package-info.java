/**
 * Listeners that show a run to people and tools. Start at {@link
 * io.github.nolabel.runtime.listen.ProgressLine}.
 */
@NullMarked
package io.github.nolabel.runtime.listen;

import org.jspecify.annotations.NullMarked;
