package io.github.nolabel.inference.generate;

import io.github.nolabel.api.Require;

/**
 * How a text is written. The same numbers write the same text.
 *
 * @param topK tokens that {@link Sampling#TOP_K} draws from
 * @param topP share of the probability that {@link Sampling#NUCLEUS} draws from
 * @param temperature divides the logits: near 0 the likeliest token, above 1 more surprising ones
 * @param repetitionPenalty makes tokens that were written less likely: positive logits are divided
 *     by it, others multiplied (Keskar et al. 2019, arXiv 1909.05858); 1 does nothing
 * @param uniqueTrigrams whether no three tokens may follow each other twice
 * @param maxTokens tokens that are written at most, the end included
 * @param seed of the draws
 */
public record Generation(
    Sampling sampling,
    int topK,
    double topP,
    double temperature,
    double repetitionPenalty,
    boolean uniqueTrigrams,
    int maxTokens,
    long seed) {

  /** Greedy, up to 64 tokens. */
  public static final Generation DEFAULTS =
      new Generation(Sampling.GREEDY, 256, 0.9, 1, 1, false, 64, 0);

  public Generation {
    Require.positive("topK", topK);
    Require.that(topP > 0 && topP <= 1, "topP must be in (0, 1], it is " + topP);
    Require.that(temperature > 0, "temperature must be above 0, it is " + temperature);
    Require.that(
        repetitionPenalty >= 1, "repetitionPenalty must be 1 or more, it is " + repetitionPenalty);
    Require.positive("maxTokens", maxTokens);
  }

  public Generation withSampling(Sampling sampling) {
    return new Generation(
        sampling, topK, topP, temperature, repetitionPenalty, uniqueTrigrams, maxTokens, seed);
  }

  public Generation withTopK(int topK) {
    return new Generation(
        sampling, topK, topP, temperature, repetitionPenalty, uniqueTrigrams, maxTokens, seed);
  }

  public Generation withTopP(double topP) {
    return new Generation(
        sampling, topK, topP, temperature, repetitionPenalty, uniqueTrigrams, maxTokens, seed);
  }

  public Generation withTemperature(double temperature) {
    return new Generation(
        sampling, topK, topP, temperature, repetitionPenalty, uniqueTrigrams, maxTokens, seed);
  }

  public Generation withRepetitionPenalty(double repetitionPenalty) {
    return new Generation(
        sampling, topK, topP, temperature, repetitionPenalty, uniqueTrigrams, maxTokens, seed);
  }

  public Generation withUniqueTrigrams(boolean uniqueTrigrams) {
    return new Generation(
        sampling, topK, topP, temperature, repetitionPenalty, uniqueTrigrams, maxTokens, seed);
  }

  public Generation withMaxTokens(int maxTokens) {
    return new Generation(
        sampling, topK, topP, temperature, repetitionPenalty, uniqueTrigrams, maxTokens, seed);
  }

  public Generation withSeed(long seed) {
    return new Generation(
        sampling, topK, topP, temperature, repetitionPenalty, uniqueTrigrams, maxTokens, seed);
  }
}
