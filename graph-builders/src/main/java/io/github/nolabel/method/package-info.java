/**
 * Methods as plug-ins: what one registers, and the way from names and options to a recipe. Start at
 * {@link io.github.nolabel.method.Methods}.
 */
@NullMarked
package io.github.nolabel.method;

import org.jspecify.annotations.NullMarked;
