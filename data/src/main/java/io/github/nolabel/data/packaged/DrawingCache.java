package io.github.nolabel.data.packaged;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.CacheLock;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.data.RgbImage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Keeps finished drawings in one file: magic number, image size, names, groups, pixels, CRC-32C. A
 * file that is damaged or of another format counts as absent.
 */
final class DrawingCache {

  private static final long MAGIC = 0x4E4F4C4142454C01L;
  private static final int BUFFER = 1 << 18;
  private static final int MOST_CONCEPTS = 1 << 16;
  private static final int LARGEST_SIZE = 1024;

  private final Path file;

  DrawingCache(Path file) {
    this.file = file;
  }

  /**
   * The drawings, made if need be: by one thread of one process, while the others wait.
   *
   * @param notices told of the work, or of the waiting
   * @throws UserMistake if the cache folder cannot be written
   */
  Drawings drawings(Supplier<Drawings> draw, Consumer<String> notices) {
    return load()
        .orElseGet(() -> alone(() -> load().orElseGet(() -> made(draw, notices)), notices));
  }

  private Drawings alone(Supplier<Drawings> work, Consumer<String> notices) {
    try {
      return CacheLock.holding(
          file,
          () -> notices.accept("Waiting for somebody else to draw the packaged images ..."),
          alone -> work.get());
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private Drawings made(Supplier<Drawings> draw, Consumer<String> notices) {
    notices.accept("Drawing the packaged images once, into " + file + " ...");
    Drawings drawings = draw.get();
    store(drawings);
    return drawings;
  }

  Optional<Drawings> load() {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    CRC32C sum = new CRC32C();
    try (DataInputStream input =
        new DataInputStream(
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(file), BUFFER), sum))) {
      Drawings drawings = read(input);
      long expected = sum.getValue();
      return input.readLong() == expected ? Optional.of(drawings) : Optional.empty();
    } catch (IOException | IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  /**
   * Writes the file; it appears whole or not at all.
   *
   * @throws UserMistake if the cache folder cannot be written
   */
  void store(Drawings drawings) {
    try {
      Files.createDirectories(parent());
      OutputFiles.LOCAL.write(file, out -> write(drawings, out));
    } catch (IOException | UserMistake e) {
      throw unwritable(e);
    }
  }

  private UserMistake unwritable(Exception e) {
    return new UserMistake(
        "The cache folder '%s' cannot be written: %s. Set NOLABEL_CACHE to a folder that can."
            .formatted(parent(), e.getMessage()),
        e);
  }

  private Path parent() {
    return file.toAbsolutePath().resolveSibling("");
  }

  private static void write(Drawings drawings, OutputStream out) throws IOException {
    CRC32C sum = new CRC32C();
    DataOutputStream output = new DataOutputStream(new CheckedOutputStream(out, sum));
    output.writeLong(MAGIC);
    output.writeInt(drawings.size());
    writeNames(drawings.groups(), output);
    writeNames(drawings.concepts(), output);
    for (int group : drawings.groupOf()) {
      output.writeInt(group);
    }
    for (RgbImage image : drawings.images()) {
      output.write(image.rgb());
    }
    output.flush();
    output.writeLong(sum.getValue());
  }

  private static Drawings read(DataInputStream input) throws IOException {
    check(input.readLong() == MAGIC);
    int size = input.readInt();
    check(size > 0 && size <= LARGEST_SIZE);
    List<String> groups = readNames(input);
    List<String> concepts = readNames(input);
    List<Integer> groupOf = new ArrayList<>();
    for (int i = 0; i < concepts.size(); i++) {
      groupOf.add(input.readInt());
      check(groupOf.get(i) >= 0 && groupOf.get(i) < groups.size());
    }
    List<RgbImage> images = new ArrayList<>();
    for (int i = 0; i < concepts.size() * Drawings.STYLES; i++) {
      images.add(RgbImage.of(size, size, input.readNBytes(3 * size * size)));
    }
    return new Drawings(size, concepts, groups, groupOf, images);
  }

  private static void writeNames(List<String> names, DataOutputStream output) throws IOException {
    output.writeInt(names.size());
    for (String name : names) {
      output.writeUTF(name);
    }
  }

  private static List<String> readNames(DataInputStream input) throws IOException {
    int count = input.readInt();
    check(count >= 0 && count <= MOST_CONCEPTS);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(input.readUTF());
    }
    return names;
  }

  private static void check(boolean valid) throws IOException {
    if (!valid) {
      throw new IOException("not a cache of drawings");
    }
  }
}
