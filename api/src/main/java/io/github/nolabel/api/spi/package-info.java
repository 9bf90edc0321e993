/**
 * What plug-ins register and how their options are read. Start at {@link
 * io.github.nolabel.api.spi.MethodProvider}.
 */
@NullMarked
package io.github.nolabel.api.spi;

import org.jspecify.annotations.NullMarked;
