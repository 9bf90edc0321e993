/**
 * Runs from one's own Guice injector. Start at {@link io.github.nolabel.runs.guice.NolabelModule}.
 */
@NullMarked
package io.github.nolabel.runs.guice;

import org.jspecify.annotations.NullMarked;
