/**
 * A Spring Boot service that pre-trains on request. Start at {@link
 * io.github.nolabel.examples.spring.PretrainingApplication}.
 */
@NullMarked
package io.github.nolabel.examples.spring;

import org.jspecify.annotations.NullMarked;
