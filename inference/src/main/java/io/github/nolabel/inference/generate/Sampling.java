package io.github.nolabel.inference.generate;

/** Which tokens a next one is drawn from. */
public enum Sampling {
  /** The likeliest one. */
  GREEDY,
  /** The k likeliest ones (Fan et al. 2018, arXiv 1805.04833). */
  TOP_K,
  /** The fewest ones that hold a share p together (Holtzman et al. 2020, arXiv 1904.09751). */
  NUCLEUS,
  /** All of them. */
  RANDOM
}
