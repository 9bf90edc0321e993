package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.PathNames;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The files in a folder and below that are not hidden, through symbolic links. What cannot be read,
 * and a link that leads back to a folder above it, is left out and counted.
 */
final class FileTree extends SimpleFileVisitor<Path> {

  private final String source;
  private final Path root;
  private final List<Path> files = new ArrayList<>();
  private final Tally unreadable = new Tally();
  private final Tally loops = new Tally();
  private final Tally noFiles = new Tally();

  private final Runnable found;

  private FileTree(String source, Path root, Runnable found) {
    this.source = source;
    this.root = root;
    this.found = found;
  }

  /**
   * @param found is run for every file that is found
   * @throws UserMistake if the folder itself cannot be read, or a name cannot be told from others
   */
  static FileTree of(String source, Path root, int depth, Runnable found) {
    FileTree tree = new FileTree(source, root, found);
    Set<FileVisitOption> through = EnumSet.of(FileVisitOption.FOLLOW_LINKS);
    try {
      Files.walkFileTree(root, through, depth, tree);
    } catch (IOException e) {
      throw new UserMistake(
          "Data source '%s': cannot read the folder '%s': %s."
              .formatted(source, root, PathNames.why(e)),
          e);
    }
    return tree;
  }

  /** In no particular order. */
  List<Path> files() {
    return files;
  }

  /** Tells what was left out. */
  void tell(Consumer<String> notices) {
    if (unreadable.count() > 0) {
      notices.accept(
          "%,d files or folders cannot be read and are left out, such as %s."
              .formatted(unreadable.count(), unreadable.first()));
    }
    if (noFiles.count() > 0) {
      notices.accept(
          "%,d links that lead nowhere and special files are left out, such as '%s'."
              .formatted(noFiles.count(), noFiles.first()));
    }
    if (loops.count() > 0) {
      notices.accept(
          "%,d links lead back to a folder above them and are not followed, such as '%s'."
              .formatted(loops.count(), loops.first()));
    }
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    boolean hidden = isHidden(folder) || relative(folder).equals("__MACOSX");
    return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (isHidden(file)) {
      return FileVisitResult.CONTINUE;
    }
    if (attributes.isRegularFile()) {
      files.add(PathNames.checked("Data source '" + source + "'", file));
      found.run();
    } else if (!attributes.isDirectory()) {
      noFiles.add(relative(file));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path path, IOException cause) throws IOException {
    if (path.equals(root)) {
      throw cause;
    }
    if (cause instanceof FileSystemLoopException) {
      loops.add(relative(path));
    } else if (!isHidden(path)) {
      unreadable.add("'%s' (%s)".formatted(relative(path), PathNames.why(cause)));
    }
    return FileVisitResult.CONTINUE;
  }

  /** A folder whose list breaks off keeps what came before. */
  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException cause)
      throws IOException {
    return cause == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, cause);
  }

  private boolean isHidden(Path path) {
    return TarWalk.isHidden(relative(path));
  }

  private String relative(Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }
}
