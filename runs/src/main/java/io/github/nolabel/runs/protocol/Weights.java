package io.github.nolabel.runs.protocol;

import io.github.nolabel.api.Tensor;
import java.util.Map;

/**
 * Weights of a run.
 *
 * @param name such as {@link io.github.nolabel.runs.engine.Subject#TRAINED}
 * @param step that they come from
 */
public record Weights(String name, Map<String, Tensor> state, long step) {}
