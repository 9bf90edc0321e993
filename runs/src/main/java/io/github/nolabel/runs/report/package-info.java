/**
 * One page about one run or several, to look at. Start at {@link
 * io.github.nolabel.runs.report.RunReport}.
 */
@NullMarked
package io.github.nolabel.runs.report;

import org.jspecify.annotations.NullMarked;
