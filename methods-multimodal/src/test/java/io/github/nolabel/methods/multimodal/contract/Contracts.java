package io.github.nolabel.methods.multimodal.contract;

import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.testkit.MethodContract;
import java.util.Map;

/** What this module's methods promise beside what every method does. */
final class Contracts {

  /**
   * ALBEF: a cold contrast outweighs what eight features wide blocks of small weights can
   * contribute: the gradient of an attention's query bias comes to 8e-8 of the whole at a
   * temperature of 0.07. SimVLM: heads that divide the smallest width. UNITER is reached as a whole
   * in one step only if all tasks are done in it; many guesses, so that losses of different draws
   * compare.
   */
  private static final Map<String, Map<String, String>> SETTINGS =
      Map.of(
          "albef", Map.of("temp", "0.5", "mlmProbability", "0.5"),
          "simvlm", Map.of("decoderHeads", "4"),
          "uniter", Map.of("tasks", "all", "heads", "2", "maskProbability", "0.5"));

  private Contracts() {}

  /** Options that a method needs to keep the contract at its smallest; most need none. */
  static Map<String, String> settings(String method) {
    return SETTINGS.getOrDefault(method, Map.of());
  }

  /** States that processes share, and weights that nothing depends on. */
  static MethodContract promised(MethodContract contract) {
    return contract
        .sharing("^(image|text)_queue/(rows|ages)$", Sharing.LOCAL)
        .sharing("^recent/", Sharing.AVERAGED)
        .vanishing(
            "(attn|cross)/key/bias",
            "a key's bias adds the same to all scores of a query, which softmax undoes");
  }
}
