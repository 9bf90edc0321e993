/**
 * What a tensor looks like, and how a mistake is told. Start at {@link
 * io.github.nolabel.api.Shape}.
 */
@NullMarked
package io.github.nolabel.api;

import org.jspecify.annotations.NullMarked;
