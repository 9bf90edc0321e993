/** Tests of mixed precision. */
@NullMarked
package io.github.nolabel.precision;

import org.jspecify.annotations.NullMarked;
