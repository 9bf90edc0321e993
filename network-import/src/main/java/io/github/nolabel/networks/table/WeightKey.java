package io.github.nolabel.networks.table;

/**
 * Which parameter an initializer is. Those of equal values are one in many files, and what was one
 * by accident must not stay so: each normalisation moves statistics of its own.
 *
 * @param name of the initializer
 * @param node whose running statistic it is; empty for what is trained
 */
public record WeightKey(String name, String node) {}
