package io.github.nolabel.testkit;

import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * What every method has to keep, as tests for a {@code @TestFactory}. The method runs at its
 * smallest on the CPU: large whole-number options are made small, and so are all epochs and steps.
 *
 * <pre>{@code
 * @TempDir Path directory;
 *
 * @TestFactory
 * Stream<DynamicTest> keepsTheContract() {
 *   return MethodContract.of("my-method", directory).tests().stream();
 * }
 * }</pre>
 */
public final class MethodContract {

  /** Token ids that a method is shown are below it: set its vocabulary to this size or more. */
  public static final int VOCABULARY = 32;

  private final MethodProvider<?> provider;
  private final Path directory;
  private final Map<String, String> options;
  private final Map<Pattern, String> vanishing;
  private final Map<Pattern, Sharing> shared;
  private final Optional<Path> golden;

  private MethodContract(
      MethodProvider<?> provider,
      Path directory,
      Map<String, String> options,
      Map<Pattern, String> vanishing,
      Map<Pattern, Sharing> shared,
      Optional<Path> golden) {
    this.provider = provider;
    this.directory = directory;
    this.options = options;
    this.vanishing = vanishing;
    this.shared = shared;
    this.golden = golden;
  }

  /**
   * @param method a name that {@code ServiceLoader} knows
   * @param directory where the tests may write, such as a {@code @TempDir}
   */
  public static MethodContract of(String method, Path directory) {
    return of(Methods.all().require(method), directory);
  }

  /** The same for a provider at hand, which need not be registered. */
  public static MethodContract of(MethodProvider<?> provider, Path directory) {
    return new MethodContract(provider, directory, Map.of(), Map.of(), Map.of(), Optional.empty());
  }

  /** Sets options by name, in place of the small ones that would be chosen. */
  public MethodContract with(Map<String, String> chosen) {
    Map<String, String> all = new LinkedHashMap<>(options);
    all.putAll(chosen);
    return new MethodContract(provider, directory, all, vanishing, shared, golden);
  }

  /**
   * Declares that parameters have no gradient, which is then tested, and why.
   *
   * @param names a regular expression that is found in their names
   * @param reason in mathematics, such as "a bias before a batch normalisation is subtracted again"
   */
  public MethodContract vanishing(String names, String reason) {
    Map<Pattern, String> all = new LinkedHashMap<>(vanishing);
    all.put(Pattern.compile(names), reason);
    return new MethodContract(provider, directory, options, all, shared, golden);
  }

  /**
   * Declares what several workers make of tensors that a mechanism remembers, which is then tested.
   *
   * @param names a regular expression that is found in their names
   */
  public MethodContract sharing(String names, Sharing sharing) {
    Map<Pattern, Sharing> all = new LinkedHashMap<>(shared);
    all.put(Pattern.compile(names), sharing);
    return new MethodContract(provider, directory, options, vanishing, all, golden);
  }

  /** Compares the printed forward graph with {@code file}. */
  public MethodContract golden(Path file) {
    return new MethodContract(provider, directory, options, vanishing, shared, Optional.of(file));
  }

  /** One test per promise. */
  public List<DynamicTest> tests() {
    TinyRun tiny = new TinyRun(provider, options, directory);
    GradientContract gradients = new GradientContract(tiny, vanishing);
    RepeatContract repeats = new RepeatContract(tiny, 1);
    RepeatContract accumulated = new RepeatContract(tiny, 2);
    LearningContract learning = new LearningContract(tiny);
    PrecisionContract precision = new PrecisionContract(tiny, learning);
    OptionContract settings = new OptionContract(provider.defaults());
    List<DynamicTest> tests =
        new ArrayList<>(
            List.of(
                test(
                    "every trained parameter is reached",
                    gradients::everyTrainedParameterIsReached),
                test("frozen parameters get no gradient", gradients::frozenParametersGetNoGradient),
                test(
                    "a teacher moves as scheduled",
                    new TeacherContract(tiny)::teacherMovesAsScheduled),
                test(
                    "every state tensor is decided about",
                    new SharingContract(tiny, shared)::everyTensorIsDecidedAbout),
                test("the loss falls on a fixed batch", learning::lossFallsOnAFixedBatch),
                test(
                    "a step against the gradient lowers the loss",
                    learning::aStepAgainstTheGradientLowersTheLoss),
                test("any batch size works", repeats::anyBatchSizeWorks),
                test("runs do not touch each other", repeats::runsInOneProcessDoNotTouchEachOther),
                test("stop and resume", repeats::stoppedAndResumedEqualsUninterrupted),
                test(
                    "stop and resume with gradient accumulation",
                    accumulated::stoppedAndResumedEqualsUninterrupted),
                test(
                    "a joint batch has the gradient of the whole",
                    new JointContract(tiny)::aJointBatchHasTheGradientOfTheWholeBatch),
                test("leave and come back", repeats::leftAndComeBackEqualsNeverLeft),
                test("mixed precision follows float32", precision::itFollowsFloat32),
                test(
                    "what does not fit into mixed precision is skipped",
                    precision::aStepThatDoesNotFitLeavesTheStateAsItWas),
                test("options", settings::everyOptionHasAnAcceptedAndARejectedValue),
                test("unknown options are refused", settings::unknownOptionsAreRefused)));
    golden.ifPresent(
        file ->
            tests.add(
                test(
                    "printed graph",
                    new GraphContract(tiny, file)::forwardGraphEqualsItsGoldenFile)));
    return List.copyOf(tests);
  }

  private static DynamicTest test(String promise, Executable check) {
    return DynamicTest.dynamicTest(promise, check);
  }
}
