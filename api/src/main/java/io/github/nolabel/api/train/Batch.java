package io.github.nolabel.api.train;

import io.github.nolabel.api.Tensor;
import java.util.Map;

/**
 * Named host tensors, one per data input of the training model.
 *
 * @param size images in the batch
 * @param tensors by graph input; valid until the next batch is asked for
 */
public record Batch(int size, Map<String, Tensor> tensors) {}
