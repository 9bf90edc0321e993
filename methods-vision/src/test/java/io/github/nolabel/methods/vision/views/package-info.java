/** Recipes as files. Start at {@link io.github.nolabel.methods.vision.views.RecipesTest}. */
@NullMarked
package io.github.nolabel.methods.vision.views;

import org.jspecify.annotations.NullMarked;
