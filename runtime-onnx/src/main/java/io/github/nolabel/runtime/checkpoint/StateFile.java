package io.github.nolabel.runtime.checkpoint;

import com.google.flatbuffers.FlatBufferBuilder;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.CheckpointException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * State tensors in the checkpoint format of ONNX Runtime (FlatBuffers, identifier {@code ODTC},
 * version 2): tables first, then the contents of one tensor after another, which are asked for when
 * they are written. The same tensors always give the same bytes.
 */
public final class StateFile implements FileStore.Contents {

  private static final String IDENTIFIER = "ODTC";
  private static final int VERSION = 2;
  private static final long LARGEST = Integer.MAX_VALUE - (1 << 20);

  private final ByteBuffer tables;
  private final List<Place> places;
  private final int size;

  /**
   * @param trained those for which ONNX Runtime keeps gradients and moments
   * @param frozen all others
   * @throws CheckpointException if the tensors exceed 2 GB, the format's limit
   */
  StateFile(StateSource trained, StateSource frozen) {
    this.tables = tables(trained.tensors(), frozen.tensors());
    this.places = new ArrayList<>();
    long end = place(trained, tables.remaining());
    this.size = checked(place(frozen, end));
    referToContents(trained.tensors().size());
  }

  private long place(StateSource source, long from) {
    long end = from;
    for (TensorSpec tensor : source.tensors()) {
      Place place = Place.after(end, source, tensor);
      places.add(place);
      end = place.end();
    }
    return end;
  }

  /** All tensors as frozen parameters. */
  public StateFile(StateSource tensors) {
    this(StateSource.of(Map.of()), tensors);
  }

  /** The file, in a direct buffer that is ready to be read from its position. */
  public ByteBuffer whole() {
    ByteBuffer file = ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
    try {
      writeTo(piece -> file.put(piece.duplicate()));
    } catch (IOException e) {
      throw new UncheckedIOException("memory refuses nothing", e);
    }
    return file.flip();
  }

  /** The file of values that are there already, all as frozen parameters. */
  public static ByteBuffer write(Map<String, Tensor> tensors) {
    return new StateFile(StateSource.of(tensors)).whole();
  }

  @Override
  public void writeTo(FileStore.Sink sink) throws IOException {
    sink.put(tables);
    long end = tables.remaining();
    for (Place place : places) {
      sink.put(place.lead(end));
      sink.put(place.contents());
      end = place.end();
    }
  }

  /** All but the contents, which every tensor finds in one empty vector. */
  private static ByteBuffer tables(List<TensorSpec> trained, List<TensorSpec> frozen) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int nothing = builder.createByteVector(new byte[0]);
    int trainedVector = vector(builder, trained, nothing);
    int frozenVector = vector(builder, frozen, nothing);
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

  private void referToContents(int trained) {
    FlatTable module = FlatTable.root(tables).table(Slots.CHECKPOINT_MODULE);
    for (int i = 0; i < places.size(); i++) {
      FlatTable tensor =
          i < trained
              ? module.element(Slots.MODULE_TRAINED, i)
              : module.element(Slots.MODULE_FROZEN, i - trained);
      tensor.point(Slots.TENSOR_RAW, (int) places.get(i).start());
    }
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

  private static int vector(FlatBufferBuilder builder, List<TensorSpec> tensors, int raw) {
    return builder.createVectorOfTables(
        tensors.stream().mapToInt(tensor -> tensor(builder, tensor, raw)).toArray());
  }

  private static int tensor(FlatBufferBuilder builder, TensorSpec tensor, int raw) {
    int name = builder.createString(tensor.name());
    long[] extents = tensor.shape().at(0);
    builder.startVector(Long.BYTES, extents.length, Long.BYTES);
    for (int i = extents.length - 1; i >= 0; i--) {
      builder.addLong(extents[i]);
    }
    int dims = builder.endVector();
    builder.startTable(7);
    builder.addOffset(Slots.TENSOR_NAME, name, 0);
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

  private static int checked(long size) {
    if (size > LARGEST) {
      throw new CheckpointException(
          "The state takes %d MiB; a checkpoint holds at most 2047 MiB. Use a smaller network or queue."
              .formatted(size >> 20));
    }
    return (int) size;
  }

  /**
   * A tensor's vector of bytes.
   *
   * @param start where its length stands; the contents, which follow, are aligned
   */
  private record Place(StateSource source, TensorSpec tensor, long start) {

    private static final long ALIGNMENT = 16;

    static Place after(long end, StateSource source, TensorSpec tensor) {
      long contents = (end + Integer.BYTES + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      return new Place(source, tensor, contents - Integer.BYTES);
    }

    long end() {
      return start + Integer.BYTES + size();
    }

    private long size() {
      return tensor.shape().elements().extent() * tensor.type().bytes();
    }

    /** What stands between {@code previous} and the contents. */
    ByteBuffer lead(long previous) {
      int padding = (int) (start - previous);
      return ByteBuffer.allocate(padding + Integer.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(padding, (int) size());
    }

    ByteBuffer contents() {
      return source.values().apply(tensor).bytes();
    }
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
}
