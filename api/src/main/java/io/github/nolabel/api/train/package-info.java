/**
 * What is trained, on what, by whom, and how to watch it. Start at {@link
 * io.github.nolabel.api.train.Trainer}.
 */
@NullMarked
package io.github.nolabel.api.train;

import org.jspecify.annotations.NullMarked;
