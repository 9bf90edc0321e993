package io.github.nolabel.data.decode;

import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Finds the EXIF block of a JPEG, PNG or WebP file. */
final class ExifBlock {

  private static final byte[] NONE = {};

  /** Obligatory in JPEG; some programs write it into the other formats as well. */
  private static final byte[] PREFIX = {'E', 'x', 'i', 'f', 0, 0};

  private static final int PNG_START = 8;
  private static final int PNG_EXIF = 0x65584966;
  private static final int RIFF_START = 12;
  private static final int RIFF_EXIF = 0x46495845;

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
      case WEBP -> withoutPrefix(inRiff(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN)));
      case GIF, BMP -> NONE;
    };
  }

  private static byte[] inJpeg(byte[] file) throws IOException {
    List<JPEGSegment> segments =
        JPEGSegmentUtil.readSegments(new ByteArrayImageInputStream(file), JPEG.APP1, "Exif");
    return segments.isEmpty() ? NONE : segments.get(0).segmentData().readAllBytes();
  }

  /** Chunks of length, type, content and checksum. */
  private static byte[] inPng(ByteBuffer file) {
    long at = PNG_START;
    while (at + 8 <= file.limit()) {
      long length = file.getInt((int) at) & 0xffff_ffffL;
      if (file.getInt((int) at + 4) == PNG_EXIF) {
        return content(file, at + 8, length);
      }
      at += 8 + length + 4;
    }
    return NONE;
  }

  /** Chunks of type, length and content, padded to an even length. */
  private static byte[] inRiff(ByteBuffer file) {
    long at = RIFF_START;
    while (at + 8 <= file.limit()) {
      long length = file.getInt((int) at + 4) & 0xffff_ffffL;
      if (file.getInt((int) at) == RIFF_EXIF) {
        return content(file, at + 8, length);
      }
      at += 8 + length + length % 2;
    }
    return NONE;
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
