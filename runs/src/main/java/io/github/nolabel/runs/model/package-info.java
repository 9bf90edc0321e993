/**
 * Exported backbones with what one must know to use them. Start at {@link
 * io.github.nolabel.runs.model.BackboneFile}.
 */
@NullMarked
package io.github.nolabel.runs.model;

import org.jspecify.annotations.NullMarked;
