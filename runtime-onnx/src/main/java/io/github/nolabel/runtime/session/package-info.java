/**
 * Runs programs and exported models in ONNX Runtime. Internal to this module. Start at {@link
 * io.github.nolabel.runtime.session.StepExecutor}.
 */
@NullMarked
package io.github.nolabel.runtime.session;

import org.jspecify.annotations.NullMarked;
