/**
 * What methods share besides the graph: the papers' augmentations as plans, crops of several sizes,
 * options of views and teachers, presets in files. Start at {@link
 * io.github.nolabel.recipe.Augmentations}.
 */
@NullMarked
package io.github.nolabel.recipe;

import org.jspecify.annotations.NullMarked;
