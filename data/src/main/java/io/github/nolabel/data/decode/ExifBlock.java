package io.github.nolabel.data.decode;

import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Finds the EXIF block of a JPEG, PNG or WebP file. */
final class ExifBlock {

  private static final byte[] NONE = {};

  /** Obligatory in JPEG; some programs write it into the other formats as well. */
  private static final byte[] PREFIX = {'E', 'x', 'i', 'f', 0, 0};

  private static final int PNG_START = 8;
  private static final int PNG_EXIF = 0x65584966;
  private static final int PNG_END = 0x49454e44;

  /** In the flags of a WebP file: it has an EXIF block. */
  private static final int EXIF_FLAG = 8;

  private ExifBlock() {}

  /**
   * A TIFF structure; empty if there is none.
   *
   * @throws IOException if the file is damaged
   */
  static byte[] of(ImageFormat format, byte[] file) throws IOException {
    return switch (format) {
      case JPEG -> withoutPrefix(inJpeg(file));
      case PNG -> withoutPrefix(inPng(ByteBuffer.wrap(file)));
      case WEBP -> withoutPrefix(inWebp(new RiffChunks(file)));
      case GIF, BMP -> NONE;
    };
  }

  private static byte[] inJpeg(byte[] file) throws IOException {
    List<JPEGSegment> segments =
        JPEGSegmentUtil.readSegments(new ByteArrayImageInputStream(file), JPEG.APP1, "Exif");
    return segments.isEmpty() ? NONE : segments.get(0).segmentData().readAllBytes();
  }

  /** Chunks of length, type, content and checksum; what comes after the end is none of them. */
  private static byte[] inPng(ByteBuffer file) {
    long at = PNG_START;
    while (at + 8 <= file.limit() && file.getInt((int) at + 4) != PNG_END) {
      long length = file.getInt((int) at) & 0xffff_ffffL;
      if (file.getInt((int) at + 4) == PNG_EXIF) {
        return content(file, at + 8, length);
      }
      at += 8 + length + 4;
    }
    return NONE;
  }

  /** Only the extended format has one, and says so in its flags. */
  private static byte[] inWebp(RiffChunks chunks) {
    return chunks
        .find("VP8X")
        .filter(head -> head.limit() > 0 && (head.get(0) & EXIF_FLAG) != 0)
        .flatMap(head -> chunks.find("EXIF"))
        .map(chunk -> content(chunk, 0, chunk.limit()))
        .orElse(NONE);
  }

  private static byte[] content(ByteBuffer file, long at, long length) {
    if (at + length > file.limit()) {
      return NONE;
    }
    byte[] content = new byte[(int) length];
    file.get((int) at, content);
    return content;
  }

  private static byte[] withoutPrefix(byte[] block) {
    boolean prefixed =
        block.length >= PREFIX.length
            && Arrays.equals(block, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
    return prefixed ? Arrays.copyOfRange(block, PREFIX.length, block.length) : block;
  }
}
