/**
 * The papers' augmentations as view plans. Start at {@link
 * io.github.nolabel.methods.vision.views.Augmentations}.
 */
@NullMarked
package io.github.nolabel.methods.vision.views;

import org.jspecify.annotations.NullMarked;
