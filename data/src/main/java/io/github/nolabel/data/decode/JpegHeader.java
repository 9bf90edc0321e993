package io.github.nolabel.data.decode;

import io.github.nolabel.data.view.Scale;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a JPEG file says before its first scan (ITU-T T.81, annex B).
 *
 * @param width of the picture as it is stored, in pixels
 * @param ordinary whether every reader makes the same pixels of it: 8 bits, Huffman-coded, grey or
 *     YCbCr with chroma at full size, at half the width or at half of both, and nothing cut off
 */
record JpegHeader(int width, int height, boolean ordinary) {

  private static final int BASELINE = 0xc0;
  private static final int PROGRESSIVE = 0xc2;
  private static final int SCAN = 0xda;
  private static final int ADOBE = 0xee;
  private static final byte[] ADOBE_NAME = "Adobe".getBytes(StandardCharsets.US_ASCII);
  private static final int ADOBE_TRANSFORM = 11;
  private static final int YCBCR = 1;
  private static final short END = (short) 0xffd9;
  private static final int FULL = 0x11;

  /** The header of a file; empty if it is damaged, or no picture comes before the first scan. */
  static Optional<JpegHeader> of(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    Optional<JpegHeader> frame = Optional.empty();
    boolean plain = bytes.getShort(file.length - 2) == END;
    int at = 2;
    while (at + 4 <= file.length && (file[at] & 0xff) == 0xff) {
      int marker = file[at + 1] & 0xff;
      if (marker == SCAN) {
        boolean ordinary = plain;
        return frame.map(found -> found.and(ordinary));
      }
      int length = bytes.getShort(at + 2) & 0xffff;
      if (length < 2 || at + 2 + length > file.length) {
        return Optional.empty();
      }
      ByteBuffer segment = bytes.slice(at + 4, length - 2);
      if (isFrame(marker)) {
        plain &= frame.isEmpty() && (marker == BASELINE || marker == PROGRESSIVE);
        frame = ofFrame(segment);
      }
      plain &= marker != ADOBE || isYcbcr(segment);
      at += 2 + length;
    }
    return Optional.empty();
  }

  /**
   * Where pixels lie that were decoded at a fraction, as they are stored: the last column and row
   * reach beyond the edge.
   */
  Scale scale(int divisor) {
    return new Scale(divisor, 0, 0, width, height);
  }

  private JpegHeader and(boolean plain) {
    return new JpegHeader(width, height, ordinary && plain);
  }

  /** SOF0 to SOF15 without the three codes among them that mean something else. */
  private static boolean isFrame(int marker) {
    return marker >= BASELINE
        && marker <= 0xcf
        && marker != 0xc4
        && marker != 0xc8
        && marker != 0xcc;
  }

  /** Precision, height, width, then id, sampling factors and table of every component. */
  private static Optional<JpegHeader> ofFrame(ByteBuffer frame) {
    if (frame.limit() < 6 || frame.limit() != 6 + 3 * frame.get(5)) {
      return Optional.empty();
    }
    int height = frame.getShort(1) & 0xffff;
    int width = frame.getShort(3) & 0xffff;
    boolean colours = frame.get(5) == 1 || isYcbcrFrame(frame);
    return width == 0 || height == 0
        ? Optional.empty()
        : Optional.of(new JpegHeader(width, height, frame.get(0) == 8 && colours));
  }

  private static boolean isYcbcrFrame(ByteBuffer frame) {
    if (frame.get(5) != 3) {
      return false;
    }
    int luma = frame.get(7);
    return frame.get(6) == 1
        && frame.get(9) == 2
        && frame.get(12) == 3
        && (luma == FULL || luma == 0x21 || luma == 0x22)
        && frame.get(10) == FULL
        && frame.get(13) == FULL;
  }

  private static boolean isYcbcr(ByteBuffer adobe) {
    byte[] name = new byte[Math.min(ADOBE_NAME.length, adobe.limit())];
    adobe.get(0, name);
    return !Arrays.equals(name, ADOBE_NAME)
        || (adobe.limit() > ADOBE_TRANSFORM && adobe.get(ADOBE_TRANSFORM) == YCBCR);
  }
}
