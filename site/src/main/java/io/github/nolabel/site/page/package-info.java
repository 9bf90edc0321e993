/**
 * From Markdown to pages with a table of contents, and what the search looks through. Start at
 * {@link io.github.nolabel.site.page.Documents}.
 */
@NullMarked
package io.github.nolabel.site.page;

import org.jspecify.annotations.NullMarked;
