package io.github.nolabel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Somebody has thought about what several workers make of every tensor that a method remembers. */
final class SharingContract {

  private static final String OPTIMIZER = "optimizer/";
  private static final String UNFINISHED = OPTIMIZER + "accumulated/";

  private final TinyRun tiny;
  private final Map<Pattern, Sharing> declared;

  /**
   * @param declared what tensors that no network has are expected to be, by their names
   */
  SharingContract(TinyRun tiny, Map<Pattern, Sharing> declared) {
    this.tiny = tiny;
    this.declared = declared;
  }

  void everyTensorIsDecidedAbout() {
    RunSpec run =
        TinyRun.spec(5, 3, Map.of("accumulate", "2", "learningRate", "3e-3", "clipNorm", "3"));
    Graph forward = GradientContract.forward(tiny.objective(run)).graph();
    Map<String, Sharing> expected = new LinkedHashMap<>();
    forward.parameters().forEach(p -> expected.put(p.name(), expected(p)));
    for (StateTensor tensor : tiny.recipe(run).program().state()) {
      Sharing decided = expected.computeIfAbsent(tensor.name(), SharingContract::ofOptimizer);
      assertThat(tensor.sharing()).as(tensor.name()).isEqualTo(decided);
    }
  }

  private Sharing expected(Parameter parameter) {
    return parameter.role() == Role.MEMORY ? declared(parameter.name()) : Sharing.AVERAGED;
  }

  private Sharing declared(String name) {
    return declared.entrySet().stream()
        .filter(entry -> entry.getKey().matcher(name).find())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "Nobody has decided what several workers make of '%s': say so with MethodContract.sharing."
                        .formatted(name)));
  }

  private static Sharing ofOptimizer(String name) {
    assertThat(name).startsWith(OPTIMIZER);
    return name.startsWith(UNFINISHED) ? Sharing.LOCAL : Sharing.AVERAGED;
  }
}
