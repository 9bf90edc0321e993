/**
 * What methods of images and texts share. Start at {@link
 * io.github.nolabel.methods.multimodal.tower.TwoTowers}.
 */
@NullMarked
package io.github.nolabel.methods.multimodal.tower;

import org.jspecify.annotations.NullMarked;
