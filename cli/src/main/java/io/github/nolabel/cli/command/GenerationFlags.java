package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.inference.generate.Generation;
import io.github.nolabel.inference.generate.Sampling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The flags that say how texts are written. */
final class GenerationFlags {

  private static final List<String> NAMES =
      Arrays.stream(Sampling.values()).map(GenerationFlags::name).toList();

  @Option(
      names = "--sampling",
      paramLabel = "NAME",
      description = "greedy, top-k, nucleus or random: which words a next one is drawn from.",
      defaultValue = "greedy")
  private String sampling = "greedy";

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Below 1 likelier words, above 1 more surprising ones.",
      defaultValue = "1")
  private String temperature = "1";

  @Option(
      names = "--top-k",
      paramLabel = "N",
      description = "Words that top-k draws from.",
      defaultValue = "256")
  private String topK = "256";

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Share of the probability that nucleus draws from.",
      defaultValue = "0.9")
  private String topP = "0.9";

  @Option(
      names = "--repetition-penalty",
      paramLabel = "R",
      description = "Above 1, words that were written become less likely.",
      defaultValue = "1")
  private String repetitionPenalty = "1";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same number draws the same words.",
      defaultValue = "0")
  private String seed = "0";

  /**
   * @throws UserMistake if one of them is wrong
   */
  Generation generation() {
    return Generation.DEFAULTS
        .withSampling(named(sampling))
        .withTemperature(Numbers.within("temperature", temperature, 0.01, 100))
        .withTopK((int) Numbers.whole("top-k", topK, 1, Integer.MAX_VALUE))
        .withTopP(Numbers.within("top-p", topP, 0.001, 1))
        .withRepetitionPenalty(Numbers.within("repetition-penalty", repetitionPenalty, 1, 100))
        .withSeed(Numbers.whole("seed", seed, 0, 1L << 53))
        .withMaxTokens(Integer.MAX_VALUE);
  }

  private static Sampling named(String name) {
    return Arrays.stream(Sampling.values())
        .filter(sampling -> name(sampling).equals(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new UserMistake(
                    "No sampling '%s'.%s Samplings: %s."
                        .formatted(
                            name, Suggestions.didYouMean(name, NAMES), String.join(", ", NAMES))));
  }

  private static String name(Sampling sampling) {
    return sampling.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
