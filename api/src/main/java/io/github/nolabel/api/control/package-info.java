/**
 * Java-side decisions around a step: schedules and controllers. Start at {@link
 * io.github.nolabel.api.control.Controller}.
 */
@NullMarked
package io.github.nolabel.api.control;

import org.jspecify.annotations.NullMarked;
