package io.github.nolabel.runtime.session;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.memory.OnnxRuntimeException;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads ONNX files with their signature. */
public final class ModelReader {

  private static final DeviceChoice ONE_CORE = new DeviceChoice(false, 1);

  private ModelReader() {}

  /**
   * @throws UserMistake naming the file, if it cannot be read or is no valid model
   */
  public static OnnxModel read(OrtLibrary library, Path file) {
    byte[] bytes = contents(file);
    try (ModelSession session = new ModelSession(library, bytes, ONE_CORE)) {
      return new OnnxModel(bytes, session.inputs(), session.outputs());
    } catch (OnnxRuntimeException | IllegalArgumentException e) {
      throw new UserMistake(
          "%s is not an ONNX model that can be run: %s"
              .formatted(file, String.valueOf(e.getMessage()).replaceFirst("\\.*$", ".")),
          e);
    }
  }

  private static byte[] contents(Path file) {
    if (Files.isDirectory(file)) {
      throw new UserMistake("%s is a folder, expected an ONNX file.".formatted(file));
    }
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UserMistake("There is no file %s.".formatted(file), e);
    } catch (IOException e) {
      throw new UserMistake("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }
}
