package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import io.github.nolabel.runs.plan.Assignment;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.Defaults;
import io.github.nolabel.runs.plan.PlanSchema;
import io.github.nolabel.runs.plan.Planner;
import io.github.nolabel.runs.plan.ResolvedPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanSchemaTest {

  private static final Catalogue CATALOGUE = Catalogue.standard();
  private static final Path PUBLISHED = Path.of("src/main/schema/nolabel-plan.schema.json");

  private static final JsonSchema ALL = schema(json(PlanSchema.of(CATALOGUE, Defaults.STANDARD)));

  @Test
  void whatIsPrintedIsValid() throws Exception {
    for (MethodProvider<?> method : Methods.all().all()) {
      JsonSchema own = schema(json(PlanSchema.of(plan("method", method.name()))));
      for (String preset : presets(method)) {
        String printed = plan("method", method.name(), "preset", preset).toYaml();
        assertThat(complaints(own, printed)).as(printed).isEmpty();
        assertThat(complaints(ALL, printed)).as(printed).isEmpty();
      }
    }
  }

  @Test
  void everyOptionHasTypeAndDescription() {
    for (MethodProvider<?> method : Methods.all().all()) {
      ResolvedPlan plan = plan("method", method.name());
      JsonNode properties = json(PlanSchema.of(plan)).path("properties");
      yaml(plan.toYaml())
          .properties()
          .forEach(
              group -> {
                JsonNode known = options(properties.path(group.getKey()));
                group
                    .getValue()
                    .fieldNames()
                    .forEachRemaining(
                        option -> {
                          JsonNode one = known.path(option);
                          String where = method.name() + ", " + group.getKey() + "." + option;
                          assertThat(one.path("description").asText()).as(where).isNotBlank();
                          assertThat(one.has("type") || one.has("enum") || one.has("anyOf"))
                              .as(where)
                              .isTrue();
                        });
              });
    }
  }

  @Test
  void rangeDefaultAndChoicesAreTheRecords() {
    JsonNode properties =
        json(PlanSchema.of(plan("method", "simclr", "data", "folder:photos"))).path("properties");
    JsonNode temperature = options(properties.path("method")).path("temperature");
    assertThat(temperature.path("type").asText()).isEqualTo("number");
    assertThat(temperature.path("minimum").asDouble()).isEqualTo(0.001);
    assertThat(temperature.path("maximum").asDouble()).isEqualTo(100);
    assertThat(temperature.path("default").asDouble()).isEqualTo(0.5);
    assertThat(properties.at("/device/properties/precision/enum").toString())
        .isEqualTo("[\"fp32\",\"bf16\",\"auto\"]");
  }

  @Test
  void theWaysOfTheManualAreValid() {
    assertThat(
            complaints(
                ALL,
                """
                method: {name: simclr, temperature: 0.2}
                data: folder:photos
                backbone: {name: resnet18, stem: cifar}
                epochs: 100
                batch-size: 128
                optimizer: {algorithm: sgd, learningRate: 0.03}
                schedule: {warmupSteps: 500}
                checkpoint.keep: 5
                set: {blur: no}
                out: runs/a
                """))
        .isEmpty();
    assertThat(complaints(ALL, "method: byol\nbackbone: onnx:a.onnx\noptimizer: lars\n")).isEmpty();
  }

  @Test
  void mistakesAreSeen() {
    for (String mistake :
        List.of(
            "epoch: 3",
            "epochs: many",
            "epochs: 0",
            "optimizer: {learnRate: 3}",
            "method: {temperature: -1}",
            "preset: tiny",
            "device: {precision: fp8}",
            "seeds.a: 1",
            "epochs: [1, 2]")) {
      assertThat(complaints(ALL, mistake)).as(mistake).isNotEmpty();
    }
  }

  /** After a change on purpose: {@code -Dnolabel.golden=write}. */
  @Test
  void thePublishedFileIsWhatTheProgramPrints() throws Exception {
    String printed = Typed.nolabel("methods", "--schema").out();
    if ("write".equals(System.getProperty("nolabel.golden"))) {
      Files.writeString(PUBLISHED, printed);
    }
    assertThat(Files.readString(PUBLISHED).replace("\r\n", "\n")).isEqualTo(printed);
  }

  /** A group is an object, or an object where no text stands for its kind. */
  private static JsonNode options(JsonNode group) {
    return group.has("anyOf") ? group.at("/anyOf/1/properties") : group.path("properties");
  }

  private static List<String> presets(MethodProvider<?> method) {
    return Stream.concat(Stream.of("none"), method.presets().keySet().stream()).toList();
  }

  private static ResolvedPlan plan(String... namesAndValues) {
    List<Assignment> given = new java.util.ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      given.add(new Assignment(namesAndValues[i], namesAndValues[i + 1], "test"));
    }
    return new Planner(Defaults.STANDARD, CATALOGUE).plan(List.of(given));
  }

  private static JsonNode json(PlanSchema schema) {
    return new ObjectMapper().valueToTree(schema.json());
  }

  private static JsonSchema schema(JsonNode json) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(json);
  }

  private static Set<ValidationMessage> complaints(JsonSchema schema, String yaml) {
    return schema.validate(yaml(yaml));
  }

  private static JsonNode yaml(String text) {
    try {
      return new YAMLMapper().readTree(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
