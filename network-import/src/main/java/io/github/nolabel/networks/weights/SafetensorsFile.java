package io.github.nolabel.networks.weights;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.provenance.Fingerprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/** A safetensors file, its header checked against its length. Tensors are read when asked for. */
public final class SafetensorsFile {

  private static final long LARGEST = Integer.MAX_VALUE - 16L;
  private static final int LENGTH_BYTES = 8;
  private static final long LONGEST_HEADER = 100_000_000;

  private final Path file;
  private final Map<String, SafetensorsEntry> entries;
  private final ByteBuffer contents;
  private final ByteBuffer whole;

  private SafetensorsFile(
      Path file, Map<String, SafetensorsEntry> entries, ByteBuffer contents, ByteBuffer whole) {
    this.file = file;
    this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    this.contents = contents;
    this.whole = whole;
  }

  /**
   * Reads the header.
   *
   * @throws UserMistake if there is no such file, or it is damaged, too large or of another format
   */
  public static SafetensorsFile read(Path file) {
    ByteBuffer bytes = bytes(file);
    if (bytes.remaining() < LENGTH_BYTES) {
      throw noSafetensors(file, "it ends within the first eight bytes");
    }
    long length = bytes.getLong(0);
    long most = Math.min(LONGEST_HEADER, bytes.remaining() - LENGTH_BYTES);
    if (length < 2 || length > most) {
      throw noSafetensors(
          file,
          "it announces a header of %d bytes, expected at most %d bytes".formatted(length, most));
    }
    ByteBuffer header = bytes.slice(LENGTH_BYTES, (int) length);
    int start = LENGTH_BYTES + (int) length;
    ByteBuffer contents = bytes.slice(start, bytes.remaining() - start);
    try {
      Map<String, SafetensorsEntry> entries = SafetensorsHeader.read(header);
      SafetensorsHeader.check(entries, contents.remaining());
      return new SafetensorsFile(file, entries, contents, bytes);
    } catch (IllegalArgumentException e) {
      throw noSafetensors(file, String.valueOf(e.getMessage()));
    }
  }

  public Path path() {
    return file;
  }

  /** What it holds, in the header's order. */
  public Map<String, SafetensorsEntry> entries() {
    return entries;
  }

  /** Of the whole file. */
  public String sha256() {
    return new Fingerprint().add(whole.duplicate()).hex();
  }

  /**
   * One tensor as floats.
   *
   * @throws UserMistake if it holds other numbers than F16, BF16, F32 or F64
   */
  public Tensor tensor(String name) {
    SafetensorsEntry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("no tensor '" + name + "'");
    }
    ByteBuffer bytes =
        contents
            .slice((int) entry.begin(), (int) (entry.end() - entry.begin()))
            .order(ByteOrder.LITTLE_ENDIAN);
    return switch (entry.type()) {
      case "F32" -> floats(entry, i -> bytes.getFloat(4 * i));
      case "F16" -> floats(entry, i -> HalfFloats.ofBinary16(bytes.getShort(2 * i)));
      case "BF16" -> floats(entry, i -> HalfFloats.ofBfloat16(bytes.getShort(2 * i)));
      case "F64" -> floats(entry, i -> bytes.getDouble(8 * i));
      default ->
          throw new UserMistake(
              "%s: tensor '%s' holds %s, expected F32, F16, BF16 or F64. Save it in one of these."
                  .formatted(file, name, entry.type()));
    };
  }

  int elements(String name) {
    long[] extents =
        Objects.requireNonNull(entries.get(name)).extents().stream()
            .mapToLong(Long::longValue)
            .toArray();
    return (int) Arrays.stream(extents).reduce(1, (a, b) -> a * b);
  }

  /**
   * The numbers of a tensor.
   *
   * @throws UserMistake if they are no floats, or not finite
   */
  float[] finite(String name) {
    float[] values = tensor(name).toFloats();
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new UserMistake(
            "%s: tensor '%s' holds %s. The file is damaged, or its training diverged."
                .formatted(file, name, value));
      }
    }
    return values;
  }

  private static Tensor floats(SafetensorsEntry entry, IntToDoubleFunction value) {
    Tensor tensor =
        Tensor.zeros(
            ElementType.FLOAT, entry.extents().stream().mapToLong(Long::longValue).toArray());
    for (int i = 0; i < tensor.elements(); i++) {
      tensor.floats().put(i, (float) value.applyAsDouble(i));
    }
    return tensor;
  }

  private static ByteBuffer bytes(Path file) {
    if (!Files.exists(file)) {
      throw new UserMistake("There is no file %s.".formatted(file));
    }
    if (Files.isDirectory(file)) {
      throw new UserMistake("%s is a folder, expected a safetensors file.".formatted(file));
    }
    if (!Files.isRegularFile(file)) {
      throw new UserMistake("%s is a device or pipe, expected a safetensors file.".formatted(file));
    }
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > LARGEST) {
        throw new UserMistake("%s is larger than 2 GiB.".formatted(file));
      }
      return channel
          .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UserMistake("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private static UserMistake noSafetensors(Path file, String why) {
    return new UserMistake(
        "%s is no safetensors file, or damaged: %s. Weights of PyTorch (.pth) can be saved as one with safetensors.torch.save_file."
            .formatted(file, why));
  }
}
