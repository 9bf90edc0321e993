/** Tests of generation. Start at {@link io.github.nolabel.inference.generate.GeneratorTest}. */
@NullMarked
package io.github.nolabel.inference.generate;

import org.jspecify.annotations.NullMarked;
