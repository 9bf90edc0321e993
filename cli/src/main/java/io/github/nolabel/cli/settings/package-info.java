/**
 * What was asked for, from defaults, files and flags to records. Start at {@link
 * io.github.nolabel.cli.settings.RunPlan}.
 */
@NullMarked
package io.github.nolabel.cli.settings;

import org.jspecify.annotations.NullMarked;
