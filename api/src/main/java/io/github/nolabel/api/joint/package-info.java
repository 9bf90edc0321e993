/**
 * Updates whose losses see more images than a network does at once, see {@link
 * io.github.nolabel.api.train.JointPart}. Start at {@link io.github.nolabel.api.joint.JointRounds}.
 */
@NullMarked
package io.github.nolabel.api.joint;

import org.jspecify.annotations.NullMarked;
