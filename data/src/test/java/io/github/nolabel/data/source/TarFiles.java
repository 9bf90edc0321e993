package io.github.nolabel.data.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Archives made on the spot. */
final class TarFiles {

  private TarFiles() {}

  record Member(String name, String content) {

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

  static Path write(Path archive, boolean gzip, Member... members) throws IOException {
    try (OutputStream raw = Files.newOutputStream(archive);
        OutputStream packed = gzip ? new GZIPOutputStream(raw) : raw;
        TarArchiveOutputStream tar = new TarArchiveOutputStream(packed)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Member member : members) {
        TarArchiveEntry entry = new TarArchiveEntry(member.name(), true);
        entry.setSize(member.bytes().length);
        tar.putArchiveEntry(entry);
        tar.write(member.bytes());
        tar.closeArchiveEntry();
      }
    }
    return archive;
  }
}
