package io.github.nolabel.data.source;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies where in an unpacked archive.
 *
 * @param fingerprint SHA-256 of names and contents
 * @param length of the file of contents, in bytes
 * @param others how many files nobody would read
 * @param notices what the person who opens the archive should know of it
 */
record TarIndex(
    String fingerprint, long length, List<TarEntry> entries, int others, List<String> notices) {

  private static final long MAGIC = 0x4E4F4C5441520003L;

  TarIndex {
    entries = List.copyOf(entries);
    notices = List.copyOf(notices);
  }

  void write(DataOutputStream output) throws IOException {
    output.writeLong(MAGIC);
    output.writeUTF(fingerprint);
    output.writeLong(length);
    output.writeInt(entries.size());
    for (TarEntry entry : entries) {
      writeText(output, entry.path());
      output.writeLong(entry.offset());
      output.writeInt(entry.bytes());
    }
    output.writeInt(others);
    output.writeInt(notices.size());
    for (String notice : notices) {
      writeText(output, notice);
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
      TarEntry entry = new TarEntry(readText(input), input.readLong(), input.readInt());
      if (entry.offset() < 0 || entry.bytes() < 0 || entry.offset() + entry.bytes() > length) {
        throw new IOException("the index points outside of its file");
      }
      entries.add(entry);
    }
    int others = input.readInt();
    List<String> notices = new ArrayList<>();
    for (int rest = input.readInt(); rest > 0; rest--) {
      notices.add(readText(input));
    }
    checkMagic(input.readLong());
    return new TarIndex(fingerprint, length, entries, others, notices);
  }

  /** Of any length, which Java's own way of writing texts is not. */
  private static void writeText(DataOutputStream output, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    output.writeInt(bytes.length);
    output.write(bytes);
  }

  private static String readText(DataInputStream input) throws IOException {
    int length = input.readInt();
    byte[] bytes = length < 0 ? new byte[0] : input.readNBytes(length);
    if (bytes.length != length) {
      throw new EOFException("the index ends inside of a text");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void checkMagic(long magic) throws IOException {
    if (magic != MAGIC) {
      throw new IOException("not an index of an archive");
    }
  }
}
