package io.github.nolabel.runtime.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** The file operations that checkpoints need; tests put a full disk behind it. */
interface FileStore {

  /** Creates the folder and its parents where missing. */
  void createFolders(Path folder) throws IOException;

  /** Writes a new file and returns once the device holds it. */
  void writeDurably(Path file, Contents contents) throws IOException;

  /** The whole file in a direct buffer at position 0. */
  ByteBuffer read(Path file) throws IOException;

  /** Renames in one indivisible step and returns once the device holds the new name. */
  void commit(Path from, Path to) throws IOException;

  /** Names in the folder, sorted; none if it does not exist. */
  List<String> names(Path folder) throws IOException;

  /** Deletes a folder with its contents, or a file. */
  void delete(Path path) throws IOException;

  /** What comes into a file, piece by piece. */
  @FunctionalInterface
  interface Contents {
    void writeTo(Sink sink) throws IOException;
  }

  /** Takes the bytes between position and limit, and leaves the buffer as it is. */
  @FunctionalInterface
  interface Sink {
    void put(ByteBuffer piece) throws IOException;
  }
}
