/** How a result came to be. Start at {@link io.github.nolabel.api.provenance.RunRecord}. */
@NullMarked
package io.github.nolabel.api.provenance;

import org.jspecify.annotations.NullMarked;
