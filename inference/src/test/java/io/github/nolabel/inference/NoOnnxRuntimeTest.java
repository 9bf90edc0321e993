package io.github.nolabel.inference;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Somebody forgot to bring ONNX Runtime. */
class NoOnnxRuntimeTest {

  @Test
  void itSaysWhatToAdd() throws Exception {
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader without = new URLClassLoader(classPath(), platform)) {
      Class<?> backbone = without.loadClass(ExportedBackbone.class.getName());
      assertThatThrownBy(() -> backbone.getMethod("open", Path.class).invoke(null, Stored.BACKBONE))
          .cause()
          .hasMessageContaining("add com.microsoft.onnxruntime:onnxruntime");
    }
  }

  private static URL[] classPath() {
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    return Arrays.stream(entries)
        .filter(entry -> !entry.contains("com/microsoft/onnxruntime"))
        .map(NoOnnxRuntimeTest::url)
        .toArray(URL[]::new);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry, e);
    }
  }
}
