package io.github.nolabel.data.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The parts of a WebP file: type, length and content, padded to an even length. */
final class RiffChunks {

  private static final int START = 12;
  private static final int HEAD = 8;

  private final ByteBuffer file;

  RiffChunks(byte[] file) {
    this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The content of the first one of a type, little-endian; empty if it is not all there. */
  Optional<ByteBuffer> find(String type) {
    long at = START;
    while (at + HEAD <= file.limit()) {
      long length = file.getInt((int) at + 4) & 0xffff_ffffL;
      if (type.equals(typeAt((int) at)) && at + HEAD + length <= file.limit()) {
        ByteBuffer content = file.slice((int) at + HEAD, (int) length);
        return Optional.of(content.order(ByteOrder.LITTLE_ENDIAN));
      }
      at += HEAD + length + length % 2;
    }
    return Optional.empty();
  }

  private String typeAt(int at) {
    return new String(file.array(), at, 4, StandardCharsets.ISO_8859_1);
  }
}
