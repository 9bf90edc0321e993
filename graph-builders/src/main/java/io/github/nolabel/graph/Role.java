package io.github.nolabel.graph;

/** What a parameter is in its layer; optimizers treat roles differently. */
public enum Role {
  /** A matrix or kernel; has weight decay. */
  WEIGHT,
  /** Added to an activation. */
  BIAS,
  /** The gain of a normalisation layer. */
  GAIN,
  /** Token, position or class embeddings; weight decay only if a run asks for it. */
  EMBEDDING,
  /** Observed, never trained: the running mean of a normalisation layer. */
  STATISTIC,
  /** Kept by an update rule or a mechanism: moments, queues, centres. */
  MEMORY
}
