package io.github.nolabel.methods.multimodal.contract;

import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import io.github.nolabel.testkit.MethodContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every method that is registered keeps the contract. */
class MethodContractTest {

  private static final Path GRAPHS = Path.of("src", "test", "resources", "graphs");

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

  private static final Map<String, String> REGIONS =
      Map.of("features", "regions", "regionCount", "5", "regionWidth", "6");

  private static final Map<String, String> ANSWERS = Map.of("heads", "2", "numAnswer", "4");

  /**
   * Not of answers, which are read off a single token: with small weights the gradient of the first
   * block's queries comes to 8e-8 of the whole, below the 1e-7 that the contract asks for. That it
   * is there is tested in float64, where the method's own tests are.
   */
  private static final String REACHED = "every trained parameter is reached";

  /** What holds whichever task UNITER draws. */
  private static final Set<String> OF_ANY_DRAW =
      Set.of("any batch size works", "runs do not touch each other", "stop and resume");

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicContainer> everyMethodKeepsTheContract() {
    return Methods.all().all().stream()
        .map(method -> DynamicContainer.dynamicContainer(method.name(), contract(method).tests()));
  }

  @TestFactory
  Stream<DynamicTest> sigLipKeepsTheContract() {
    return sees(MethodContract.of("clip", directory.resolve("siglip")))
        .with(Map.of("useSiglip", "true", "projectionLayers", "2"))
        .tests()
        .stream();
  }

  @TestFactory
  Stream<DynamicTest> regionsInPlaceOfImagesKeepTheContract() {
    return sees(MethodContract.of("vse", directory.resolve("regions")))
        .with(REGIONS)
        .tests()
        .stream();
  }

  @TestFactory
  Stream<DynamicTest> maxViolationOnPooledFeaturesKeepsTheContract() {
    return sees(MethodContract.of("vse", directory.resolve("max-violation")))
        .with(Map.of("objective", "max-violation", "pooling", "pooled"))
        .tests()
        .stream();
  }

  @TestFactory
  Stream<DynamicTest> uniterKeepsTheContractWhicheverTaskIsDrawn() {
    return sees(MethodContract.of("uniter", directory.resolve("drawn")))
        .with(Map.of("heads", "2"))
        .tests()
        .stream()
        .filter(test -> OF_ANY_DRAW.contains(test.getDisplayName()));
  }

  @TestFactory
  Stream<DynamicTest> uniterOnRegionsKeepsTheContract() {
    return sees(MethodContract.of("uniter", directory.resolve("uniter-regions")))
        .with(SETTINGS.getOrDefault("uniter", Map.of()))
        .with(REGIONS)
        .tests()
        .stream();
  }

  @TestFactory
  Stream<DynamicTest> uniterThatAnswersKeepsTheContract() {
    return sees(MethodContract.of("uniter", directory.resolve("answers")))
        .with(ANSWERS)
        .tests()
        .stream()
        .filter(test -> !test.getDisplayName().equals(REACHED));
  }

  @TestFactory
  Stream<DynamicTest> uniterThatAnswersOnRegionsKeepsTheContract() {
    return sees(MethodContract.of("uniter", directory.resolve("regions-answers")))
        .with(ANSWERS)
        .with(REGIONS)
        .tests()
        .stream()
        .filter(test -> !test.getDisplayName().equals(REACHED));
  }

  private MethodContract contract(MethodProvider<?> method) {
    return sees(MethodContract.of(method, directory))
        .with(SETTINGS.getOrDefault(method.name(), Map.of()))
        .golden(GRAPHS.resolve(method.name() + ".txt"));
  }

  private static MethodContract sees(MethodContract contract) {
    return contract
        .sharing("^(image|text)_queue/(rows|ages)$", Sharing.LOCAL)
        .sharing("^recent/", Sharing.AVERAGED)
        .vanishing(
            "(attn|cross)/key/bias",
            "a key's bias adds the same to all scores of a query, which softmax undoes");
  }
}
