package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a tar archive, plain or gzip, to the very end, where gzip has its check sum. Names
 * that point outside are refused, whatever is done with them.
 */
final class TarWalk {

  /** Keeps every byte of a name; what is UTF-8 is found afterwards. */
  private static final String BYTES = StandardCharsets.ISO_8859_1.name();

  /** Nothing is read ahead, so that what follows the end is seen. */
  private static final int RECORD = 512;

  private final String source;
  private final TarVisitor visitor;

  private TarWalk(String source, TarVisitor visitor) {
    this.source = source;
    this.visitor = visitor;
  }

  /**
   * @throws DamagedTarException if it is no archive, or not all of one
   * @throws UserMistake if a name points outside of the archive
   * @throws IOException if the visitor throws it, or the file cannot be opened
   */
  static void through(String source, Path archive, TarVisitor visitor) throws IOException {
    TarWalk walk = new TarWalk(source, visitor);
    try (InputStream plain = Gzip.open(archive)) {
      walk.walk(plain);
    } catch (java.util.zip.ZipException | java.io.EOFException e) {
      throw new DamagedTarException(e);
    }
  }

  private void walk(InputStream plain) throws IOException {
    TarEnd end = new TarEnd(plain);
    TarArchiveInputStream tar = new TarArchiveInputStream(end, RECORD, RECORD, BYTES);
    TarArchiveEntry entry = next(tar);
    if (entry == null) {
      throw new DamagedTarException("it holds nothing");
    }
    for (; entry != null; entry = next(tar)) {
      visit(entry, new TarContent(tar));
    }
    checkEnd(end);
    if (hasMore(plain)) {
      visitor.endIsNotTheEnd();
    }
  }

  /** Whether anything but zeros follows; all of it is read, for gzip's check sum. */
  private static boolean hasMore(InputStream plain) throws IOException {
    byte[] buffer = new byte[1 << 16];
    boolean more = false;
    for (int read = plain.read(buffer); read >= 0; read = plain.read(buffer)) {
      for (int i = 0; i < read; i++) {
        more |= buffer[i] != 0;
      }
    }
    return more;
  }

  private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    try {
      TarArchiveEntry entry = tar.getNextEntry();
      if (entry != null && !entry.isCheckSumOK()) {
        throw new DamagedTarException("the check sum of a header is wrong");
      }
      return entry;
    } catch (DamagedTarException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new DamagedTarException(e);
    }
  }

  private void visit(TarArchiveEntry entry, InputStream content) throws IOException {
    String path = safePath(text(entry.getName()));
    if (entry.isDirectory() || isHidden(path)) {
      return;
    }
    if (entry.isLink()) {
      visitor.link(path, safePath(text(entry.getLinkName())));
    } else if (isSpecial(entry)) {
      visitor.special(path);
    } else {
      visitor.file(path, entry.getRealSize(), content);
    }
  }

  private static boolean isSpecial(TarArchiveEntry entry) {
    return entry.isSymbolicLink()
        || entry.isCharacterDevice()
        || entry.isBlockDevice()
        || entry.isFIFO();
  }

  /** Hidden files and folders, and what one system adds to archives. */
  static boolean isHidden(String path) {
    return path.startsWith(".") || path.contains("/.") || path.startsWith("__MACOSX/");
  }

  private void checkEnd(TarEnd end) throws DamagedTarException {
    if (!end.isMarked() && end.isCutOff()) {
      throw new DamagedTarException("it ends inside of a header");
    }
    if (!end.isMarked()) {
      visitor.endIsMissing();
    }
  }

  /**
   * A header's name is bytes: UTF-8, else taken for Latin-1, so that different names stay
   * different. One of PAX is text already and may not fit into bytes.
   */
  private static String text(String bytes) {
    if (bytes.chars().anyMatch(c -> c > 0xff)) {
      return bytes;
    }
    try {
      return Utf8File.decode(bytes.getBytes(StandardCharsets.ISO_8859_1));
    } catch (CharacterCodingException foreign) {
      return bytes;
    }
  }

  private String safePath(String name) {
    List<String> parts = List.of(name.split("/"));
    if (name.startsWith("/") || name.contains("\\") || parts.contains("..")) {
      throw new UserMistake(
          "Data source '%s': the archive holds '%s', a name that points outside of it. It is refused;"
                  .formatted(source, name)
              + " pack the images again with plain relative names.");
    }
    return Arrays.stream(name.split("/"))
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .collect(Collectors.joining("/"));
  }

  /** The bytes of the entry at hand. */
  private static final class TarContent extends InputStream {

    private final TarArchiveInputStream tar;

    TarContent(TarArchiveInputStream tar) {
      this.tar = tar;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      try {
        return tar.read(target, offset, count);
      } catch (IOException e) {
        throw new DamagedTarException(e);
      }
    }
  }
}
