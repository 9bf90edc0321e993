package io.github.nolabel.data.region;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** NumPy's {@code .npz}: a zip of {@code .npy} files, stored or deflated. */
final class NpzArrays implements NamedArrays {

  private static final String SUFFIX = ".npy";

  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

  private NpzArrays(ZipFile zip) {
    this.zip = zip;
    zip.stream()
        .filter(entry -> entry.getName().endsWith(SUFFIX))
        .forEach(entry -> entries.putIfAbsent(name(entry), entry));
  }

  /**
   * Reads the table of contents.
   *
   * @throws IOException if there is none
   */
  static NpzArrays open(Path file) throws IOException {
    try {
      return new NpzArrays(new ZipFile(file.toFile()));
    } catch (ZipException | IllegalArgumentException e) {
      throw new IOException(
          "it is no zip file or not all of one (%s), expected what numpy.savez writes"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static String name(ZipEntry entry) {
    return entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
  }

  @Override
  public Set<String> names() {
    return entries.keySet();
  }

  @Override
  public NumberArray read(String name) throws IOException {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw new IOException("there is no array '%s'".formatted(name));
    }
    try (InputStream input = new BufferedInputStream(zip.getInputStream(entry))) {
      return NpyReader.read("'" + name + "'", input);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
