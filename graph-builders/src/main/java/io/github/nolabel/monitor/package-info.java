/**
 * What a method lets people see of every step while it trains. Start at {@link
 * io.github.nolabel.monitor.Monitors}.
 */
@NullMarked
package io.github.nolabel.monitor;

import org.jspecify.annotations.NullMarked;
