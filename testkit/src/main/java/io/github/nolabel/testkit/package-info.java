/**
 * What every method has to keep, as tests that a plug-in runs over its own. Start at {@link
 * io.github.nolabel.testkit.MethodContract}.
 */
@NullMarked
package io.github.nolabel.testkit;

import org.jspecify.annotations.NullMarked;
