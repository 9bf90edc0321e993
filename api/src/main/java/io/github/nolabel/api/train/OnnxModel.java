package io.github.nolabel.api.train;

import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.file.OutputFiles;
import java.nio.file.Path;
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
   * @throws io.github.nolabel.api.UserMistake if the file cannot be written
   */
  public void save(Path file) {
    OutputFiles.LOCAL.write(file, bytes);
  }
}
