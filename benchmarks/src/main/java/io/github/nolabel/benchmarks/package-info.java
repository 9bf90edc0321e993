/**
 * Checks and timings of a device, in one program that needs nothing but Java. Start at {@link
 * io.github.nolabel.benchmarks.Main}.
 */
@NullMarked
package io.github.nolabel.benchmarks;

import org.jspecify.annotations.NullMarked;
