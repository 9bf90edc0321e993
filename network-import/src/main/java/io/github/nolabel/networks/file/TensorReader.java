package io.github.nolabel.networks.file;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.networks.weights.HalfFloats;
import io.github.nolabel.networks.weights.PlainText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** Tensors of any element type as FLOAT, INT64 or BOOL. */
final class TensorReader {

  private final Path file;
  private final ExternalFiles external;

  TensorReader(Path file, ExternalFiles external) {
    this.file = file;
    this.external = external;
  }

  Tensor read(TensorProto proto) {
    DataType type = DataType.forNumber(proto.getDataType());
    int count = count(proto);
    if (proto.getDataLocation() == DataLocation.EXTERNAL) {
      return raw(proto, type, count, external.bytes(proto));
    }
    return proto.hasRawData()
        ? raw(proto, type, count, proto.getRawData().asReadOnlyByteBuffer())
        : listed(proto, type, count);
  }

  private Tensor raw(TensorProto proto, @Nullable DataType type, int count, ByteBuffer contents) {
    ByteBuffer bytes = contents.order(ByteOrder.LITTLE_ENDIAN);
    int width = width(proto, type);
    require(proto, count, bytes.remaining() / width, bytes.remaining() % width == 0);
    return switch (type == null ? DataType.UNDEFINED : type) {
      case FLOAT -> copied(proto, bytes);
      case DOUBLE -> floats(proto, i -> bytes.getDouble(8 * i));
      case FLOAT16 -> floats(proto, i -> HalfFloats.ofBinary16(bytes.getShort(2 * i)));
      case BFLOAT16 -> floats(proto, i -> HalfFloats.ofBfloat16(bytes.getShort(2 * i)));
      case INT64, UINT64 -> integers(proto, i -> bytes.getLong(8 * i));
      case INT32 -> integers(proto, i -> bytes.getInt(4 * i));
      case UINT32 -> integers(proto, i -> Integer.toUnsignedLong(bytes.getInt(4 * i)));
      case INT16 -> integers(proto, i -> bytes.getShort(2 * i));
      case UINT16 -> integers(proto, i -> Short.toUnsignedInt(bytes.getShort(2 * i)));
      case INT8 -> integers(proto, bytes::get);
      case UINT8 -> integers(proto, i -> Byte.toUnsignedInt(bytes.get(i)));
      case BOOL -> truths(proto, bytes::get);
      default -> throw unsupported(proto, type);
    };
  }

  private Tensor listed(TensorProto proto, @Nullable DataType type, int count) {
    return switch (type == null ? DataType.UNDEFINED : type) {
      case FLOAT -> {
        require(proto, count, proto.getFloatDataCount(), true);
        yield floats(proto, proto::getFloatData);
      }
      case DOUBLE -> {
        require(proto, count, proto.getDoubleDataCount(), true);
        yield floats(proto, proto::getDoubleData);
      }
      case INT64 -> {
        require(proto, count, proto.getInt64DataCount(), true);
        yield integers(proto, proto::getInt64Data);
      }
      case UINT32, UINT64 -> {
        require(proto, count, proto.getUint64DataCount(), true);
        yield integers(proto, proto::getUint64Data);
      }
      default -> narrow(proto, type, count);
    };
  }

  /** Types that share the field for 32 bits. */
  private Tensor narrow(TensorProto proto, @Nullable DataType type, int count) {
    require(proto, count, proto.getInt32DataCount(), true);
    return switch (type == null ? DataType.UNDEFINED : type) {
      case FLOAT16 -> floats(proto, i -> HalfFloats.ofBinary16((short) proto.getInt32Data(i)));
      case BFLOAT16 -> floats(proto, i -> HalfFloats.ofBfloat16((short) proto.getInt32Data(i)));
      case INT32, INT16, INT8, UINT16, UINT8 -> integers(proto, proto::getInt32Data);
      case BOOL -> truths(proto, proto::getInt32Data);
      default -> throw unsupported(proto, type);
    };
  }

  private int count(TensorProto proto) {
    long count = 1;
    for (long extent : proto.getDimsList()) {
      if (extent < 0 || (extent > 0 && count > Integer.MAX_VALUE / extent)) {
        throw new UserMistake(
            "%s: tensor '%s' has the impossible shape %s."
                .formatted(file, PlainText.of(proto.getName()), proto.getDimsList()));
      }
      count *= extent;
    }
    return (int) count;
  }

  private void require(TensorProto proto, int wanted, int found, boolean whole) {
    if (wanted != found || !whole) {
      throw new UserMistake(
          "%s: tensor '%s' of shape %s needs %d values and holds %d. The file is damaged."
              .formatted(file, PlainText.of(proto.getName()), proto.getDimsList(), wanted, found));
    }
  }

  private int width(TensorProto proto, @Nullable DataType type) {
    return switch (type == null ? DataType.UNDEFINED : type) {
      case DOUBLE, INT64, UINT64 -> 8;
      case FLOAT, INT32, UINT32 -> 4;
      case FLOAT16, BFLOAT16, INT16, UINT16 -> 2;
      case INT8, UINT8, BOOL -> 1;
      default -> throw unsupported(proto, type);
    };
  }

  private UserMistake unsupported(TensorProto proto, @Nullable DataType type) {
    return new UserMistake(
        "%s: tensor '%s' holds %s, which cannot be trained. Export the model in float32."
            .formatted(
                file,
                PlainText.of(proto.getName()),
                type == null
                    ? "type " + proto.getDataType()
                    : type.name().toLowerCase(java.util.Locale.ROOT)));
  }

  private static Tensor copied(TensorProto proto, ByteBuffer bytes) {
    Tensor tensor = zeros(ElementType.FLOAT, proto);
    tensor.bytes().put(bytes);
    return tensor;
  }

  private static Tensor floats(TensorProto proto, IntToDoubleFunction value) {
    Tensor tensor = zeros(ElementType.FLOAT, proto);
    for (int i = 0; i < tensor.elements(); i++) {
      tensor.floats().put(i, (float) value.applyAsDouble(i));
    }
    return tensor;
  }

  private static Tensor integers(TensorProto proto, IntToLongFunction value) {
    Tensor tensor = zeros(ElementType.INT64, proto);
    for (int i = 0; i < tensor.elements(); i++) {
      tensor.longs().put(i, value.applyAsLong(i));
    }
    return tensor;
  }

  private static Tensor truths(TensorProto proto, IntToLongFunction value) {
    Tensor tensor = zeros(ElementType.BOOL, proto);
    for (int i = 0; i < tensor.elements(); i++) {
      tensor.bytes().put(i, (byte) (value.applyAsLong(i) == 0 ? 0 : 1));
    }
    return tensor;
  }

  private static Tensor zeros(ElementType type, TensorProto proto) {
    return Tensor.zeros(type, proto.getDimsList().stream().mapToLong(Long::longValue).toArray());
  }
}
