/**
 * A Spring Boot service that finds photos like one that is sent. Start at {@link
 * io.github.nolabel.examples.search.SearchApplication}.
 */
@NullMarked
package io.github.nolabel.examples.search;

import org.jspecify.annotations.NullMarked;
