/**
 * Steps whose losses see more images than the network does at once: the graph of the whole batch,
 * cut where images first meet.
 */
@NullMarked
package io.github.nolabel.joint;

import org.jspecify.annotations.NullMarked;
