/**
 * Batches of views, made by worker threads. Start at {@link
 * io.github.nolabel.data.load.BatchLoader}.
 */
@NullMarked
package io.github.nolabel.data.load;

import org.jspecify.annotations.NullMarked;
