package io.github.nolabel.methods.vision.contract;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.fragment.backbone.ResNetConfig;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method has the three recipes, and each says where it comes from. */
class PresetsTest {

  private static final String SOURCE =
      "# .*(arXiv:\\d{4}\\.\\d{5}|github\\.com/\\w+/\\w+|lightly|benchmarks/README\\.md).*";

  static Stream<Arguments> everyPreset() {
    return Methods.all().all().stream()
        .flatMap(
            method ->
                Stream.of("small", "cifar", "imagenet")
                    .map(preset -> Arguments.of(method.name(), preset)));
  }

  @ParameterizedTest
  @MethodSource("everyPreset")
  void changesOnlyWhatTheMethodAndTheRunHave(String name, String preset) {
    MethodProvider<?> method = Methods.all().require(name);
    assertThat(method.presets()).containsOnlyKeys("small", "cifar", "imagenet");
    Map<String, String> settings = Objects.requireNonNull(method.presets().get(preset));
    assertThat(settings).isNotEmpty();
    // Strict about unknown names and about values out of range.
    RecordOptions.override(
        method.defaults(), without(settings, "optimizer.", "schedule.", "backbone."));
    RecordOptions.override(OptimizerConfig.DEFAULTS, within(settings, "optimizer."));
    RecordOptions.override(ScheduleConfig.DEFAULTS, within(settings, "schedule."));
    RecordOptions.override(ResNetConfig.DEFAULTS, within(settings, "backbone."));
  }

  @ParameterizedTest
  @MethodSource("everyPreset")
  void namesItsSource(String name, String preset) throws IOException {
    Class<?> home = Methods.all().require(name).home();
    String file = name + "-" + preset + ".properties";
    try (InputStream in = Objects.requireNonNull(home.getResourceAsStream(file), file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text.lines().findFirst().orElseThrow()).as(file).matches(SOURCE);
    }
  }

  private static Map<String, String> within(Map<String, String> settings, String group) {
    return settings.entrySet().stream()
        .filter(setting -> setting.getKey().startsWith(group))
        .collect(toMap(setting -> setting.getKey().substring(group.length()), Map.Entry::getValue));
  }

  private static Map<String, String> without(Map<String, String> settings, String... groups) {
    return settings.entrySet().stream()
        .filter(setting -> Stream.of(groups).noneMatch(setting.getKey()::startsWith))
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
