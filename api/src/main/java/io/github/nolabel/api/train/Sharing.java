package io.github.nolabel.api.train;

/** What becomes of a state tensor where several workers train one network. */
public enum Sharing {

  /** Every worker goes on with the mean over all: weights, statistics, moments, centres. */
  AVERAGED,

  /** Every worker keeps its own: queues, sums of an update that has not ended. */
  LOCAL
}
