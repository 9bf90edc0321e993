/**
 * Exported backbones with what one must know to use them. Start at {@link
 * io.github.nolabel.cli.model.BackboneFile}.
 */
@NullMarked
package io.github.nolabel.cli.model;

import org.jspecify.annotations.NullMarked;
