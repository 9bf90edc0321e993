package io.github.nolabel.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipesTest {

  @Test
  void keepsOrderAndLeavesOutCommentsAndBlankLines() throws IOException {
    assertThat(read("# Größe\n\nz = 1\n  a=2\nm = é\n"))
        .containsExactly(Map.entry("z", "1"), Map.entry("a", "2"), Map.entry("m", "é"));
  }

  @Test
  void refusesANameThatComesTwice() {
    assertThatThrownBy(() -> read("blur = false\nhiddenDim = 8\nblur = true\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x.properties:3: 'blur' is given twice.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"blur", "= false", "blur =", "blur false = x", "blur: false", "blur\tfalse = x"})
  void refusesALineThatIsNoSetting(String line) {
    assertThatThrownBy(() -> read("# Source\n" + line + "\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x.properties:2: expected 'name = value', found '%s'.", line);
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] latin1 = "# Größe\na = 1\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Recipes.read("x.properties", new ByteArrayInputStream(latin1)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aMethodWithoutFilesHasNoPresets() {
    assertThat(Recipes.presets(RecipesTest.class, "none")).isEmpty();
  }

  private static Map<String, String> read(String text) throws IOException {
    return Recipes.read(
        "x.properties", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
