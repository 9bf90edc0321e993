/** What a method wants to see, as data. Start at {@link io.github.nolabel.api.view.ViewPlan}. */
@NullMarked
package io.github.nolabel.api.view;

import org.jspecify.annotations.NullMarked;
