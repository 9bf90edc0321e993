package io.github.nolabel.data.view;

/** One change of an image, in place. Holds scratch memory: one per thread. */
public interface Transform {

  void apply(Pixels image, CounterRandom random);
}
