package io.github.nolabel.runtime.checkpoint;

import com.google.flatbuffers.FlatBufferBuilder;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.CheckpointException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * State tensors in the checkpoint format of ONNX Runtime (FlatBuffers, identifier {@code ODTC},
 * version 2). The same tensors always give the same bytes.
 */
public final class StateFile {

  private static final String IDENTIFIER = "ODTC";
  private static final int VERSION = 2;
  private static final long LARGEST = Integer.MAX_VALUE - (1 << 20);

  private StateFile() {}

  /**
   * All tensors as frozen parameters; see {@link #write(Map, Map)}.
   *
   * @throws CheckpointException if the tensors exceed 2 GB, the format's limit
   */
  public static ByteBuffer write(Map<String, Tensor> tensors) {
    return write(Map.of(), tensors);
  }

  /**
   * Returns a direct buffer, ready to be read from its position.
   *
   * @param trained those for which ONNX Runtime keeps gradients and moments
   * @param frozen all others
   * @throws CheckpointException if the tensors exceed 2 GB, the format's limit
   */
  public static ByteBuffer write(Map<String, Tensor> trained, Map<String, Tensor> frozen) {
    int capacity = capacityFor(trained, frozen);
    FlatBufferBuilder builder = new FlatBufferBuilder(capacity, DirectBuffers.INSTANCE);
    int frozenVector = vector(builder, frozen);
    int trainedVector = vector(builder, trained);
    builder.startTable(4);
    builder.addOffset(Slots.MODULE_TRAINED, trainedVector, 0);
    builder.addOffset(Slots.MODULE_FROZEN, frozenVector, 0);
    int module = builder.endTable();
    builder.startTable(4);
    builder.addInt(Slots.CHECKPOINT_VERSION, VERSION, 0);
    builder.addOffset(Slots.CHECKPOINT_MODULE, module, 0);
    builder.finish(builder.endTable(), IDENTIFIER);
    return builder.dataBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads what {@link #write} or ONNX Runtime wrote.
   *
   * @throws CheckpointException if the contents are something else
   */
  public static Map<String, Tensor> read(ByteBuffer contents) {
    try {
      checkHeader(contents);
      FlatTable module = FlatTable.root(contents).table(Slots.CHECKPOINT_MODULE);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (int slot : new int[] {Slots.MODULE_TRAINED, Slots.MODULE_FROZEN}) {
        for (int i = 0; i < module.length(slot); i++) {
          FlatTable tensor = module.element(slot, i);
          tensors.put(tensor.text(Slots.TENSOR_NAME), tensor(tensor));
        }
      }
      return tensors;
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new CheckpointException("The state is damaged: its tables do not add up.", e);
    }
  }

  private static void checkHeader(ByteBuffer contents) {
    byte[] identifier = new byte[4];
    if (contents.limit() >= 8) {
      contents.get(4, identifier);
    }
    if (!IDENTIFIER.equals(new String(identifier, StandardCharsets.US_ASCII))) {
      throw new CheckpointException("The state is not an ONNX Runtime checkpoint.");
    }
    int version = FlatTable.root(contents).intAt(Slots.CHECKPOINT_VERSION);
    if (version != VERSION) {
      throw new CheckpointException(
          "The state has checkpoint version %d; %d is understood.".formatted(version, VERSION));
    }
  }

  private static int vector(FlatBufferBuilder builder, Map<String, Tensor> tensors) {
    int[] tables =
        new TreeMap<>(tensors)
            .entrySet().stream()
                .mapToInt(entry -> tensor(builder, entry.getKey(), entry.getValue()))
                .toArray();
    return builder.createVectorOfTables(tables);
  }

  private static int tensor(FlatBufferBuilder builder, String name, Tensor tensor) {
    int nameOffset = builder.createString(name);
    long[] extents = tensor.shape().at(0);
    builder.startVector(Long.BYTES, extents.length, Long.BYTES);
    for (int i = extents.length - 1; i >= 0; i--) {
      builder.addLong(extents[i]);
    }
    int dims = builder.endVector();
    int raw = builder.createByteVector(tensor.bytes());
    builder.startTable(7);
    builder.addOffset(Slots.TENSOR_NAME, nameOffset, 0);
    builder.addOffset(Slots.TENSOR_DIMS, dims, 0);
    builder.addInt(Slots.TENSOR_TYPE, tensor.type().onnxCode(), 0);
    builder.addOffset(Slots.TENSOR_RAW, raw, 0);
    return builder.endTable();
  }

  private static Tensor tensor(FlatTable table) {
    int code = table.intAt(Slots.TENSOR_TYPE);
    ElementType type =
        Arrays.stream(ElementType.values())
            .filter(candidate -> candidate.onnxCode() == code)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("element type " + code));
    Tensor tensor = Tensor.zeros(type, table.longs(Slots.TENSOR_DIMS));
    ByteBuffer raw = table.bytes(Slots.TENSOR_RAW);
    if (raw.remaining() != tensor.bytes().capacity()) {
      throw new IllegalArgumentException(raw.remaining() + " bytes for " + tensor);
    }
    tensor.bytes().put(raw);
    return tensor;
  }

  private static int capacityFor(Map<String, Tensor> trained, Map<String, Tensor> frozen) {
    long size = 1024 + sizeOf(trained) + sizeOf(frozen);
    if (size > LARGEST) {
      throw new CheckpointException(
          "The state takes %d MiB; a checkpoint holds at most 2047 MiB. Use a smaller network or queue."
              .formatted(size >> 20));
    }
    return (int) size;
  }

  private static long sizeOf(Map<String, Tensor> tensors) {
    return tensors.entrySet().stream()
        .mapToLong(
            entry -> entry.getValue().bytes().capacity() + 2L * entry.getKey().length() + 160)
        .sum();
  }

  /** Field numbers in the order in which ONNX Runtime's schema declares them. */
  private static final class Slots {
    static final int CHECKPOINT_VERSION = 0;
    static final int CHECKPOINT_MODULE = 1;
    static final int MODULE_TRAINED = 0;
    static final int MODULE_FROZEN = 1;
    static final int TENSOR_NAME = 0;
    static final int TENSOR_DIMS = 2;
    static final int TENSOR_TYPE = 3;
    static final int TENSOR_RAW = 4;
  }

  private static final class DirectBuffers extends FlatBufferBuilder.ByteBufferFactory {
    static final DirectBuffers INSTANCE = new DirectBuffers();

    @Override
    public ByteBuffer newByteBuffer(int capacity) {
      return ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
