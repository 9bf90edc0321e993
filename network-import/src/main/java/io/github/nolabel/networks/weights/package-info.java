/**
 * Trained weights in files: their number formats, the safetensors format, and other libraries'
 * names for ours. Start at {@link io.github.nolabel.networks.weights.SafetensorsFile}.
 */
@NullMarked
package io.github.nolabel.networks.weights;

import org.jspecify.annotations.NullMarked;
