/** Recipes as files. Start at {@link io.github.nolabel.recipe.RecipesTest}. */
@NullMarked
package io.github.nolabel.recipe;

import org.jspecify.annotations.NullMarked;
