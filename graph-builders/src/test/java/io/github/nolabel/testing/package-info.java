/**
 * Two ways to compute a graph: by naive loops in float64, and by the ONNX Runtime in float32. Start
 * at {@link io.github.nolabel.testing.Interpreter}.
 */
@NullMarked
package io.github.nolabel.testing;

import org.jspecify.annotations.NullMarked;
