/**
 * What all methods have in common, tested on each. Start at {@link
 * io.github.nolabel.methods.multimodal.contract.MethodContractTest}.
 */
@NullMarked
package io.github.nolabel.methods.multimodal.contract;

import org.jspecify.annotations.NullMarked;
