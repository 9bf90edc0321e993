/**
 * Mixed precision: multiply in float16, keep and add up in float32. Start at {@link
 * io.github.nolabel.precision.MixedPrecision}.
 */
@NullMarked
package io.github.nolabel.precision;

import org.jspecify.annotations.NullMarked;
