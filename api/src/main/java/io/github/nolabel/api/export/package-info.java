/**
 * The deployable form of what was learnt. Start at {@link
 * io.github.nolabel.api.export.BackboneExporter}.
 */
@NullMarked
package io.github.nolabel.api.export;

import org.jspecify.annotations.NullMarked;
