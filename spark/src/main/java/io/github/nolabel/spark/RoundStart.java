package io.github.nolabel.spark;

import java.io.Serializable;

/**
 * Where all workers begin a round.
 *
 * @param step updates done
 * @param updates that every worker takes now
 * @param averaged what all share, in one row
 */
record RoundStart(long step, long updates, Row averaged) implements Serializable {}
