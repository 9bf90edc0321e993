package io.github.nolabel.runtime.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The computer's own files. */
final class LocalFileStore implements FileStore {

  @Override
  public void createFolders(Path folder) throws IOException {
    Files.createDirectories(folder);
  }

  @Override
  public void writeDurably(Path file, Contents contents) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      contents.writeTo(piece -> write(piece.duplicate(), channel));
      channel.force(true);
    }
  }

  private static void write(ByteBuffer rest, FileChannel channel) throws IOException {
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  @Override
  public ByteBuffer read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new FileSystemException(file.toString(), null, "larger than 2 GB");
      }
      ByteBuffer contents = ByteBuffer.allocateDirect((int) channel.size());
      int count = 0;
      while (count >= 0 && contents.hasRemaining()) {
        count = channel.read(contents);
      }
      return contents.flip();
    }
  }

  @Override
  public void commit(Path from, Path to) throws IOException {
    sync(from);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    sync(to.resolveSibling("."));
  }

  @Override
  public List<String> names(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }

  /** Makes a folder's entries durable where the system can (not on Windows). */
  private static void sync(Path folder) throws IOException {
    if (java.io.File.separatorChar == '\\') {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
