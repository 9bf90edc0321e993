package io.github.nolabel.api.train;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * An ONNX model in memory with its signature. The inputs are those that a caller feeds, in order;
 * state tensors that the runtime keeps are not among them.
 */
public final class OnnxModel {

  private final byte[] bytes;
  private final List<TensorSpec> inputs;
  private final List<TensorSpec> outputs;

  public OnnxModel(byte[] bytes, List<TensorSpec> inputs, List<TensorSpec> outputs) {
    this.bytes = bytes.clone();
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
  }

  /** A copy of the serialised {@code ModelProto}. */
  public byte[] bytes() {
    return bytes.clone();
  }

  public List<TensorSpec> inputs() {
    return inputs;
  }

  public List<TensorSpec> outputs() {
    return outputs;
  }

  /**
   * Writes the model; the file appears whole or not at all.
   *
   * @throws NolabelException if the file cannot be written
   */
  public void save(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    try {
      Path temporary = Files.createTempFile(folder, "model", ".tmp");
      try {
        Files.write(temporary, bytes);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new NolabelException("Cannot write the model to '%s': %s".formatted(file, e), e);
    }
  }
}
