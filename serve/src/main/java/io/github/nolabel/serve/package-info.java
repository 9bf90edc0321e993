/**
 * Search among images over HTTP. Start at {@link io.github.nolabel.serve.SearchIndex}, which {@link
 * io.github.nolabel.serve.SearchServer} then serves.
 */
@NullMarked
package io.github.nolabel.serve;

import org.jspecify.annotations.NullMarked;
