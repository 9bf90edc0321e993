/**
 * What a network says of images, computed once and kept in a file. Start at {@link
 * io.github.nolabel.data.feature.FeatureCache}.
 */
@NullMarked
package io.github.nolabel.data.feature;

import org.jspecify.annotations.NullMarked;
