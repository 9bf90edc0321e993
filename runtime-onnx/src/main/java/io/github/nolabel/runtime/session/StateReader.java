package io.github.nolabel.runtime.session;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.runtime.checkpoint.StateFile;
import io.github.nolabel.runtime.checkpoint.StateSource;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.CharPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.onnxruntime.OrtCheckpointState;
import org.bytedeco.onnxruntime.OrtValue;

/** Copies state out of a live training session. */
final class StateReader {

  private final OrtLibrary library;
  private final OrtCheckpointState state;

  StateReader(OrtLibrary library, OrtCheckpointState state) {
    this.library = library;
    this.state = state;
  }

  /**
   * Copies in the order of {@code tensors}. ONNX Runtime's own accessor knows float tensors only;
   * others take the way over a file that it saves.
   */
  Map<String, Tensor> read(List<StateTensor> tensors) {
    Map<String, Tensor> saved = floatsOnly(tensors) ? Map.of() : readThroughFile();
    Map<String, Tensor> copies = new LinkedHashMap<>();
    for (StateTensor tensor : tensors) {
      Tensor other = saved.get(tensor.name());
      copies.put(
          tensor.name(),
          other == null || tensor.type() == ElementType.FLOAT
              ? parameter(tensor.spec(), Tensor.zeros(ElementType.FLOAT, tensor.shape()))
              : other);
    }
    return copies;
  }

  /** One tensor after another, in memory that all of them share. */
  StateSource source(List<StateTensor> tensors) {
    if (!floatsOnly(tensors)) {
      return StateSource.of(read(tensors));
    }
    int largest = tensors.stream().mapToInt(StateTensor::elements).max().orElse(0);
    Tensor shared = Tensor.zeros(ElementType.FLOAT, largest);
    return new StateSource(
        tensors.stream().map(StateTensor::spec).toList(),
        tensor -> parameter(tensor, start(shared, tensor.shape())));
  }

  private static Tensor start(Tensor memory, Shape shape) {
    int size = Math.toIntExact(shape.elements().extent()) * Float.BYTES;
    return Tensor.wrap(ElementType.FLOAT, memory.bytes().slice(0, size), shape.at(0));
  }

  private static boolean floatsOnly(List<StateTensor> tensors) {
    return tensors.stream().allMatch(tensor -> tensor.type() == ElementType.FLOAT);
  }

  private Tensor parameter(TensorSpec tensor, Tensor copy) {
    OrtValue value = new OrtValue();
    String attempt = "read the state tensor '" + tensor.name() + "'";
    library
        .errors()
        .check(
            library.training().GetParameter(state, tensor.name(), library.hostAllocator(), value),
            attempt);
    try {
      Pointer data = new Pointer();
      library.errors().check(library.api().GetTensorMutableData(value, data), attempt);
      ByteBuffer bytes = copy.bytes();
      Pointer.memcpy(new Pointer(bytes), data, bytes.capacity());
      return copy;
    } finally {
      library.api().ReleaseValue(value);
    }
  }

  private static Pointer nativePath(Path file) {
    boolean wide = OrtLibrary.platform().startsWith("windows");
    return wide ? new CharPointer(file.toString()) : new BytePointer(file.toString());
  }

  private Map<String, Tensor> readThroughFile() {
    try {
      Path file = Files.createTempFile("nolabel-state", ".ckpt");
      try (Pointer path = nativePath(file)) {
        library
            .errors()
            .check(library.training().SaveCheckpoint(state, path, false), "save the state");
        byte[] bytes = Files.readAllBytes(file);
        return StateFile.read(ByteBuffer.allocateDirect(bytes.length).put(0, bytes));
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new NolabelException(
          "The state of the run cannot be read: the temporary folder refused a file (%s)."
              .formatted(e.getMessage()),
          e);
    }
  }
}
