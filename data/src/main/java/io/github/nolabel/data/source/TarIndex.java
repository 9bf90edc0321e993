package io.github.nolabel.data.source;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies where in an unpacked archive.
 *
 * @param fingerprint SHA-256 of names and contents
 * @param length of the file of contents, in bytes
 */
record TarIndex(String fingerprint, long length, List<TarEntry> entries) {

  private static final long MAGIC = 0x4E4F4C5441520001L;

  TarIndex {
    entries = List.copyOf(entries);
  }

  void write(DataOutputStream output) throws IOException {
    output.writeLong(MAGIC);
    output.writeUTF(fingerprint);
    output.writeLong(length);
    output.writeInt(entries.size());
    for (TarEntry entry : entries) {
      output.writeUTF(entry.path());
      output.writeLong(entry.offset());
      output.writeInt(entry.bytes());
    }
    output.writeLong(MAGIC);
  }

  /**
   * @throws IOException if it is no such index, or not all of one
   */
  static TarIndex read(DataInputStream input) throws IOException {
    checkMagic(input.readLong());
    String fingerprint = input.readUTF();
    long length = input.readLong();
    int count = input.readInt();
    List<TarEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TarEntry entry = new TarEntry(input.readUTF(), input.readLong(), input.readInt());
      if (entry.offset() < 0 || entry.bytes() < 0 || entry.offset() + entry.bytes() > length) {
        throw new IOException("the index points outside of its file");
      }
      entries.add(entry);
    }
    checkMagic(input.readLong());
    return new TarIndex(fingerprint, length, entries);
  }

  private static void checkMagic(long magic) throws IOException {
    if (magic != MAGIC) {
      throw new IOException("not an index of an archive");
    }
  }
}
