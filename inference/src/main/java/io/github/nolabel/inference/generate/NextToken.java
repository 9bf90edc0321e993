package io.github.nolabel.inference.generate;

/** A model of language as generation sees it: how likely each token is to come next. */
@FunctionalInterface
public interface NextToken {

  /**
   * @param ids the tokens so far, one or more
   * @return one number per token of the vocabulary; {@code softmax} of them is the distribution
   */
  float[] logits(long[] ids);
}
