/**
 * The front door: names and options in, a trainer out. Start at {@link
 * io.github.nolabel.api.launch.Nolabel}.
 */
@NullMarked
package io.github.nolabel.api.launch;

import org.jspecify.annotations.NullMarked;
