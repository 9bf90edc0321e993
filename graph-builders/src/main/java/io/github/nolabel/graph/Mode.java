package io.github.nolabel.graph;

/** What a graph is for; layers such as batch normalisation behave differently. */
public enum Mode {
  TRAINING,
  INFERENCE
}
