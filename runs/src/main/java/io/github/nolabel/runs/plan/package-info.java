/**
 * What was asked for, from defaults, files and flags to records. Start at {@link
 * io.github.nolabel.runs.plan.RunSettings}.
 */
@NullMarked
package io.github.nolabel.runs.plan;

import org.jspecify.annotations.NullMarked;
