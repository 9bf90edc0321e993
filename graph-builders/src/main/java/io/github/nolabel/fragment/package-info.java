/** Networks as data. Start at {@link io.github.nolabel.fragment.Fragment}. */
@NullMarked
package io.github.nolabel.fragment;

import org.jspecify.annotations.NullMarked;
