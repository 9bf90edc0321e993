/**
 * Rows of features as places in the plane, to be drawn. {@link
 * io.github.nolabel.runs.layout.PrincipalPlane} keeps what differs most, {@link
 * io.github.nolabel.runs.layout.Umap} who is near to whom.
 */
@NullMarked
package io.github.nolabel.runs.layout;

import org.jspecify.annotations.NullMarked;
