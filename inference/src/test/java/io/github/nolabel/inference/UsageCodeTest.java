package io.github.nolabel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.UserMistake;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageCodeTest {

  @TempDir Path tmp;

  /** Which {@code embed} wrote to features.npy. */
  @Test
  void theJavaProgramCompilesAndGivesTheFeaturesThatAreStored() throws Exception {
    Path model = Files.copy(Stored.BACKBONE, tmp.resolve("backbone.onnx"));
    Path source = write(model).get(1);
    assertThat(source.getFileName()).hasToString("Backbone.java");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String path = System.getProperty("java.class.path");
    int failed =
        compiler.run(
            null,
            null,
            null,
            "-Xlint:all,-path",
            "-Werror",
            "-cp",
            path,
            "-d",
            tmp.toString(),
            source.toString());
    assertThat(failed).isZero();
    URL[] folder = {tmp.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(folder, getClass().getClassLoader())) {
      float[][] rows =
          (float[][])
              loader
                  .loadClass("Backbone")
                  .getMethod("features", Path.class, List.class)
                  .invoke(null, model, Stored.photos());
      float[] stored = Stored.features();
      for (int i = 0; i < stored.length; i++) {
        int width = rows[0].length;
        assertThat(rows[i / width][i % width]).isCloseTo(stored[i], within(1e-5f));
      }
    }
  }

  @Test
  void thePythonProgramNamesTheModel() throws IOException {
    Path python = write(tmp.resolve("backbone.onnx")).get(0);
    assertThat(python.getFileName()).hasToString("backbone.py");
    assertThat(Files.readString(python))
        .contains("with_name(\"backbone.onnx\")", "from a shell: python backbone.py a.jpg")
        .doesNotContain("NAME");
  }

  @ParameterizedTest
  @CsvSource({
    "my-net.v2.onnx, my_net_v2.py, My_net_v2.java",
    "7.onnx, model_7.py, Model_7.java",
    "x, x.py, X.java"
  })
  void namesAreThoseOfPrograms(String model, String python, String java) {
    assertThat(UsageCode.beside(tmp.resolve(model)).keySet())
        .extracting(file -> String.valueOf(file.getFileName()))
        .containsExactly(python, java);
  }

  @Test
  void somebodyElsesProgramStays() throws IOException {
    Path model = tmp.resolve("backbone.onnx");
    write(model);
    UsageCode.requireFree(model);
    Files.writeString(tmp.resolve("backbone.py"), "print('mine')");
    assertThatThrownBy(() -> UsageCode.requireFree(model))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("backbone.py exists and was not written by Nolabel; move it");
  }

  private static List<Path> write(Path model) throws IOException {
    Map<Path, String> code = UsageCode.beside(model);
    for (Map.Entry<Path, String> file : code.entrySet()) {
      Files.writeString(file.getKey(), file.getValue());
    }
    return List.copyOf(code.keySet());
  }
}
