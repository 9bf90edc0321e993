package io.github.nolabel.runtime.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;

/** The computer's own files until the disk is full, after a number of operations. */
final class FailingFileStore implements FileStore {

  private final FileStore files = new LocalFileStore();
  private int allowed;

  FailingFileStore(int allowed) {
    this.allowed = allowed;
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    use(folder);
    files.createFolders(folder);
  }

  @Override
  public void writeDurably(Path file, Contents contents) throws IOException {
    use(file);
    files.writeDurably(file, contents);
  }

  @Override
  public ByteBuffer read(Path file) throws IOException {
    return files.read(file);
  }

  @Override
  public void commit(Path from, Path to) throws IOException {
    use(from);
    files.commit(from, to);
  }

  @Override
  public List<String> names(Path folder) throws IOException {
    use(folder);
    return files.names(folder);
  }

  @Override
  public void delete(Path path) throws IOException {
    files.delete(path);
  }

  private void use(Path path) throws IOException {
    if (allowed-- <= 0) {
      throw new FileSystemException(path.toString(), null, "No space left on device");
    }
  }
}
