package io.github.nolabel.data.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Archives made on the spot. */
final class TarFiles {

  private TarFiles() {}

  /**
   * @param type as in the header
   * @param target of a link
   */
  record Member(String name, String content, byte type, String target) {

    Member(String name, String content) {
      this(name, content, TarConstants.LF_NORMAL, "");
    }

    byte[] bytes() {
      return content.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  static Member file(String name, byte[] content) {
    return new Member(name, new String(content, StandardCharsets.ISO_8859_1));
  }

  static Member text(String name, String content) {
    return new Member(name, content);
  }

  static Member hardLink(String name, String target) {
    return new Member(name, "", TarConstants.LF_LINK, target);
  }

  static Member symbolicLink(String name, String target) {
    return new Member(name, "", TarConstants.LF_SYMLINK, target);
  }

  static Path write(Path archive, boolean gzip, Member... members) throws IOException {
    return write(archive, gzip, StandardCharsets.UTF_8, members);
  }

  /**
   * @param encoding of names
   */
  static Path write(Path archive, boolean gzip, Charset encoding, Member... members)
      throws IOException {
    try (OutputStream raw = Files.newOutputStream(archive);
        OutputStream packed = gzip ? new GZIPOutputStream(raw) : raw;
        TarArchiveOutputStream tar = new TarArchiveOutputStream(packed, encoding.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Member member : members) {
        TarArchiveEntry entry = new TarArchiveEntry(member.name(), member.type(), true);
        entry.setLinkName(member.target());
        entry.setSize(member.bytes().length);
        tar.putArchiveEntry(entry);
        tar.write(member.bytes());
        tar.closeArchiveEntry();
      }
    }
    return archive;
  }
}
