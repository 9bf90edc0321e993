/**
 * What all methods have in common, tested on each. Start at {@link
 * io.github.nolabel.methods.multimodal.contract.MethodContractTest}; what a method does with other
 * options is in {@link io.github.nolabel.methods.multimodal.contract.VariantContractTest}.
 */
@NullMarked
package io.github.nolabel.methods.multimodal.contract;

import org.jspecify.annotations.NullMarked;
