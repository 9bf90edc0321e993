/**
 * The documents of this repository as a site that needs no network. Start at {@link
 * io.github.nolabel.site.Site}.
 */
@NullMarked
package io.github.nolabel.site;

import org.jspecify.annotations.NullMarked;
