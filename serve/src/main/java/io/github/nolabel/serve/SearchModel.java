package io.github.nolabel.serve;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.view.Preprocessing;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The networks behind a search. Neither function needs to be safe for several threads: they are
 * called one at a time.
 *
 * @param name what it is, for people
 * @param fingerprint tells weights apart: stored features are used again only with the same
 * @param preprocessing how images are prepared
 * @param images float[n, 3, S, S] to float[n, D]
 * @param texts a text to float[D] in the same space; empty if the model reads no texts
 */
public record SearchModel(
    String name,
    String fingerprint,
    Preprocessing preprocessing,
    UnaryOperator<Tensor> images,
    Optional<Function<String, float[]>> texts) {}
