package io.github.nolabel.objective;

import io.github.nolabel.fragment.Fragment;

/**
 * A part of the trained network that can be evaluated and exported.
 *
 * @param scope the top-level scope it was attached under while training
 */
public record Cut(String name, String scope, Fragment network) {}
