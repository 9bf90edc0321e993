/**
 * Everything a run needs to go on, on disk. Internal to this module. Start at {@link
 * io.github.nolabel.runtime.checkpoint.CheckpointStore}.
 */
@NullMarked
package io.github.nolabel.runtime.checkpoint;

import org.jspecify.annotations.NullMarked;
