package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingsTest {

  @Test
  void methodsListsMethodsBackbonesAndSources() {
    Typed typed = Typed.nolabel("methods");
    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out()).contains("simclr", "resnet18", "folder:PATH", "packaged");
  }

  @Test
  void everyOptionHasDefaultRangeAndSummary() throws Exception {
    JsonNode options = json("methods", "SimCLR", "--json").path("options");
    assertThat(options.size()).isEqualTo(8);
    for (JsonNode group : options) {
      for (JsonNode option : group) {
        for (String key : List.of("name", "type", "default", "summary")) {
          assertThat(option.path(key).asText()).as("%s of %s", key, option).isNotBlank();
        }
      }
    }
    assertThat(options.at("/method/4/name").asText()).isEqualTo("temperature");
    assertThat(options.at("/method/4/default").asText()).isEqualTo("0.5");
    assertThat(options.at("/method/4/range").asText()).isEqualTo("[0.001, 100]");
  }

  @Test
  void optionsOfAnotherBackboneCanBeSeen() throws Exception {
    JsonNode options = json("methods", "simclr", "--backbone", "ResNet-18", "--json");
    assertThat(options.path("backbone").asText()).isEqualTo("resnet18");
    assertThat(options.at("/options/backbone/0/name").asText()).isEqualTo("stem");
  }

  @Test
  void everyOptionOfAProtocolIsDescribed() throws Exception {
    for (String protocol : List.of("linear", "finetune")) {
      JsonNode options = json("methods", protocol, "--json").at("/options/probe");
      assertThat(options.findValuesAsText("name")).contains("epochs", "fraction", "topK", "seed");
      assertThat(options.findValuesAsText("summary")).doesNotContain("");
    }
    assertThat(json("methods", "--json").path("protocols").findValuesAsText("name"))
        .containsExactly("knn", "linear", "finetune", "retrieval", "zero-shot", "caption");
    assertThat(Typed.nolabel("methods", "linear").out()).contains("standardise | normalise | none");
  }

  @Test
  void doctorLooksAtRuntimeJavaAndCache() throws Exception {
    JsonNode findings = json("doctor", "--json");
    assertThat(findings.findValuesAsText("subject"))
        .contains("ONNX Runtime", "Training API", "Java", "Cache folder", "CUDA");
    assertThat(findings.findValuesAsText("well")).containsOnly("true");
  }

  @Test
  void helpAndVersionAreAnswers() {
    assertThat(Typed.nolabel("--help").exitCode()).isZero();
    assertThat(Typed.nolabel("pretrain", "--help").out()).contains("--set=NAME=VALUE");
    assertThat(Typed.nolabel("--version").out()).startsWith("nolabel ");
  }

  private static JsonNode json(String... args) throws Exception {
    Typed typed = Typed.nolabel(args);
    assertThat(typed.exitCode()).as(typed.err() + typed.out()).isZero();
    return new ObjectMapper().readTree(typed.out());
  }
}
