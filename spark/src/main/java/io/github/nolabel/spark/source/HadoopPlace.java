package io.github.nolabel.spark.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.SourceAddress;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * The folder or file that an address names, on whichever file system.
 *
 * @param root exists
 */
record HadoopPlace(
    SourceAddress address, Configuration settings, FileSystem system, FileStatus root) {

  /**
   * @throws UserMistake if there is no such file system, or nothing there
   */
  static HadoopPlace of(SourceAddress address) {
    Path path = path(address);
    Configuration settings = HadoopSettings.found();
    try {
      FileSystem system = path.getFileSystem(settings);
      return new HadoopPlace(address, settings, system, system.getFileStatus(path));
    } catch (FileNotFoundException e) {
      throw mistake(address, "'%s' does not exist.".formatted(path), e);
    } catch (UnsupportedFileSystemException e) {
      throw unknown(address, path, e);
    } catch (IOException e) {
      throw unreachable(address, path, e);
    } catch (RuntimeException e) {
      throw e.getCause() instanceof ClassNotFoundException
          ? unknown(address, path, e)
          : unreachable(address, path, e);
    }
  }

  private static Path path(SourceAddress address) {
    if (address.path().isBlank()) {
      throw new UserMistake(
          "Data source '%s' lacks its path: write %s:URI, such as %s:hdfs://host/photos."
              .formatted(address.text(), address.kind(), address.kind()));
    }
    try {
      return new Path(address.path());
    } catch (IllegalArgumentException e) {
      throw mistake(
          address,
          "'%s' is no path (%s); expected one such as hdfs://host/photos, s3a://bucket/photos or /shared/photos."
              .formatted(address.path(), e.getMessage()),
          e);
    }
  }

  private static UserMistake unknown(SourceAddress address, Path path, Exception cause) {
    return mistake(
        address,
        "no file system '%s' is known here (%s). Expected a scheme whose classes are on the class path, such as hdfs or file; for s3a, gs or abfs add their jar, such as spark-submit --packages org.apache.hadoop:hadoop-aws:VERSION."
            .formatted(path.toUri().getScheme(), cause.getMessage()),
        cause);
  }

  static UserMistake unreachable(SourceAddress address, Path path, Exception cause) {
    return mistake(
        address,
        "'%s' cannot be reached: %s. Is the host right, and do the settings let this user in (spark.hadoop.*, core-site.xml)?"
            .formatted(path, cause.getMessage()),
        cause);
  }

  private static UserMistake mistake(SourceAddress address, String what, Exception cause) {
    return new UserMistake("Data source '%s': %s".formatted(address.text(), what), cause);
  }

  /**
   * All files in the folder and below, or the file itself.
   *
   * @throws UserMistake if they cannot be listed
   */
  List<FileStatus> files() {
    if (root.isFile()) {
      return List.of(root);
    }
    List<FileStatus> files = new ArrayList<>();
    try {
      addBelow(root.getPath(), files);
    } catch (IOException e) {
      throw unreachable(address, root.getPath(), e);
    }
    return files;
  }

  /** Folder by folder, since a located status of a local file costs a process each. */
  private void addBelow(Path folder, List<FileStatus> files) throws IOException {
    RemoteIterator<FileStatus> found = system.listStatusIterator(folder);
    while (found.hasNext()) {
      FileStatus next = found.next();
      if (next.isDirectory()) {
        addBelow(next.getPath(), files);
      } else {
        files.add(next);
      }
    }
  }

  /** Its path below the folder, with slashes; its name if it is the place itself. */
  String name(FileStatus file) {
    String folder = root.getPath().toUri().getPath();
    String whole = file.getPath().toUri().getPath();
    return root.isFile()
        ? file.getPath().getName()
        : whole.substring(folder.endsWith("/") ? folder.length() : folder.length() + 1);
  }
}
