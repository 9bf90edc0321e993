/**
 * Names and options: how services are found by name and configuration records are read. Start at
 * {@link io.github.nolabel.api.option.RecordOptions}.
 */
@NullMarked
package io.github.nolabel.api.option;

import org.jspecify.annotations.NullMarked;
