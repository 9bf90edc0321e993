/**
 * Many operators on elements as one formula, and the pass over the model that puts it in. Internal
 * to this module. Start at {@link io.github.nolabel.runtime.kernels.formula.FormulaModel}.
 */
@NullMarked
package io.github.nolabel.runtime.kernels.formula;

import org.jspecify.annotations.NullMarked;
