package io.github.nolabel.methods.vision;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The exporters' files as teachers: small networks that have learnt nothing. */
public final class TeacherFile {

  private TeacherFile() {}

  /**
   * A copy of one in {@code folder}.
   *
   * @param name such as {@code mobilenet-script}, which reads 32 pixels
   */
  public static Path in(Path folder, String name) {
    Path file = folder.resolve(name + ".onnx");
    try (InputStream in = TeacherFile.class.getResourceAsStream("/onnx/" + name + ".onnx")) {
      if (!Files.exists(file)) {
        Files.copy(Objects.requireNonNull(in, name), file);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
