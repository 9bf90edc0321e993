/**
 * The training step, in order; knows no ONNX Runtime. Internal to this module. Start at {@link
 * io.github.nolabel.runtime.loop.TrainingLoop}.
 */
@NullMarked
package io.github.nolabel.runtime.loop;

import org.jspecify.annotations.NullMarked;
