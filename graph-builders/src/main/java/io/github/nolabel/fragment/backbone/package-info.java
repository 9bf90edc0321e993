/** Images to feature vectors. Start at {@link io.github.nolabel.fragment.backbone.Backbone}. */
@NullMarked
package io.github.nolabel.fragment.backbone;

import org.jspecify.annotations.NullMarked;
