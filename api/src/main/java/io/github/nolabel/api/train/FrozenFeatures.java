package io.github.nolabel.api.train;

import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.view.Preprocessing;
import java.util.function.Supplier;

/**
 * What a network that the run never changes says of every training image: computed once, before the
 * first step, and fed as numbers of the sample.
 *
 * @param input what the step reads, float[N, width]
 * @param view how an image is shown to the network: plainly, the same in every epoch
 * @param network from images, float[n, 3, S, S], to features, float[n, width]; made when it is
 *     asked for
 */
public record FrozenFeatures(
    Input.Numbers input, Preprocessing view, Supplier<OnnxModel> network) {}
