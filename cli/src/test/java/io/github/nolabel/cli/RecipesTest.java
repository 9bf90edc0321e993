package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.option.OptionInfo;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import io.github.nolabel.methods.vision.dino.DinoConfig;
import io.github.nolabel.methods.vision.moco.MoCoV2Config;
import io.github.nolabel.runs.plan.Assignment;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.Defaults;
import io.github.nolabel.runs.plan.Planner;
import io.github.nolabel.runs.plan.RunSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a recipe comes to once everything is resolved, not what its file says: {@code recipes.txt}
 * holds optimizer, schedule and method of every method as it is and with each preset.
 */
class RecipesTest {

  private static final GoldenSections TABLE = new GoldenSections("recipes.txt");

  @Test
  void everyRecipeIsWhatTheTableSays() {
    List<String> recipes = new ArrayList<>();
    for (MethodProvider<?> method : Methods.all().all()) {
      Stream.concat(Stream.of("none"), method.presets().keySet().stream())
          .forEach(
              preset -> {
                recipes.add(method.name() + " " + preset);
                RunSettings resolved = resolved(method.name(), "preset", preset);
                TABLE.check(
                    method.name() + " " + preset,
                    line(resolved, "optimizer"),
                    line(resolved, "schedule"),
                    line(resolved, "method"));
              });
    }
    assertThat(TABLE.names()).containsExactlyElementsOf(recipes);
  }

  /** Another library's name sets the one option that it stands for, and no other. */
  @Test
  void everyFurtherNameSetsItsOption() {
    for (MethodProvider<?> method : Methods.all().all()) {
      Map<String, String> before = group(resolved(method.name()), "method");
      for (OptionInfo option : RecordOptions.options(method.defaults())) {
        for (String alias : option.aliases()) {
          String value = another(Objects.requireNonNull(before.get(option.name())));
          Map<String, String> after = group(resolved(method.name(), alias, value), "method");
          assertThat(differences(before, after))
              .as("%s %s", method.name(), alias)
              .containsExactly(option.name());
        }
      }
    }
  }

  @Test
  void aWeightDecayThatIsSetAloneIsConstant() {
    RunSettings dino = resolved("dino", "weight_decay", "0.1");
    assertThat(dino.optimizer().weightDecay()).isEqualTo(0.1);
    assertThat(dino.optimizer().weightDecayEnd()).isEqualTo(-1);
    RunSettings both = resolved("dino", "weight_decay", "0.1", "optimizer.weightDecayEnd", "0.2");
    assertThat(both.optimizer().weightDecayEnd()).isEqualTo(0.2);
  }

  @Test
  void aPresetHidesWhatElseSuitsTheMethod() {
    RunSettings dino = resolved("dino", "preset", "cifar");
    assertThat(dino.optimizer().weightDecay()).isEqualTo(5e-4);
    assertThat(dino.optimizer().weightDecayEnd()).isEqualTo(-1);
    assertThat(dino.optimizer().clipNorm()).isZero();
    assertThat(((DinoConfig) dino.method()).teacher().finalMovingAverageDecay()).isEqualTo(-1);
  }

  @Test
  void theMomentumOfMoCoV2IsConstant() {
    RunSettings moco = resolved("moco-v2", "m", "0.99");
    assertThat(((MoCoV2Config) moco.method()).teacher().momentum(moco.spec(100, 10)).at(100))
        .isEqualTo(0.99);
  }

  private static String another(String value) {
    return switch (value) {
      case "true" -> "false";
      case "false" -> "true";
      case "1" -> "2";
      case "1.0" -> "0.5";
      default -> value.contains(".") || value.equals("0") ? "1" : "" + (Long.parseLong(value) / 2);
    };
  }

  private static List<String> differences(Map<String, String> before, Map<String, String> after) {
    return after.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String line(RunSettings settings, String group) {
    return group(settings, group).entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" ", group + ": ", ""));
  }

  private static Map<String, String> group(RunSettings settings, String name) {
    Map<String, String> values = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(settings.described().get(name)))
        .forEach((option, value) -> values.put(option.toString(), value.toString()));
    return values;
  }

  private static RunSettings resolved(String method, String... namesAndValues) {
    List<Assignment> given = new ArrayList<>(List.of(new Assignment("method", method, "test")));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      given.add(new Assignment(namesAndValues[i], namesAndValues[i + 1], "test"));
    }
    return new Planner(Defaults.STANDARD, Catalogue.standard()).plan(List.of(given)).settings();
  }
}
