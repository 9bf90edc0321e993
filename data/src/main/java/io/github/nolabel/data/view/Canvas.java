package io.github.nolabel.data.view;

import io.github.nolabel.api.view.ViewTransform.Interpolation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Lays pictures on squares of bytes. A picture that fits lies there as it is; of a larger one the
 * part that its views show, which is shrunk (bilinear, antialiased, rounded to bytes) if even that
 * does not fit. What is left over is black. Reuses its memory; one per thread.
 */
final class Canvas {

  private final int side;
  private final Resizer resizer = new Resizer(Interpolation.BILINEAR);
  private final Region region = new Region();
  private final Pixels shrunk = new Pixels();
  private final byte[] row;

  /**
   * @param side of the square in pixels
   */
  Canvas(int side) {
    this.side = side;
    this.row = new byte[3 * side];
  }

  /** Writes uint8[side, side, 3] and tells where the picture lies. */
  Placement lay(Picture picture, List<Frame> frames, ByteBuffer target, int offset) {
    Box part = part(picture, frames);
    int longer = (int) Math.max(part.width(), part.height());
    if (longer <= side) {
      Placement place = new Placement(part, (int) part.width(), (int) part.height());
      copy(picture, place, target, offset);
      return place;
    }
    Placement place =
        new Placement(part, shrunk(part.width(), longer), shrunk(part.height(), longer));
    resizer.resize(picture.pixels(), part, place.width(), place.height(), shrunk);
    round(place, target, offset);
    return place;
  }

  private int shrunk(double extent, int longer) {
    return Math.max(1, (int) Math.rint(extent * side / longer));
  }

  /** The whole picture if it fits, else the pixels that all frames touch. */
  private Box part(Picture picture, List<Frame> frames) {
    if (picture.width() <= side && picture.height() <= side) {
      return new Box(0, 0, picture.width(), picture.height());
    }
    int left = picture.width();
    int top = picture.height();
    int right = 0;
    int bottom = 0;
    for (Frame frame : frames) {
      Region seen = frame.limits().cover(region);
      left = Math.min(left, seen.x);
      top = Math.min(top, seen.y);
      right = Math.max(right, seen.x + seen.width);
      bottom = Math.max(bottom, seen.y + seen.height);
    }
    return new Box(left, top, right - left, bottom - top);
  }

  private void copy(Picture picture, Placement place, ByteBuffer target, int offset) {
    int length = 3 * place.width();
    Arrays.fill(row, length, row.length, (byte) 0);
    for (int y = 0; y < place.height(); y++) {
      int from = 3 * (((int) place.part().top() + y) * picture.width() + (int) place.part().left());
      System.arraycopy(picture.rgb(), from, row, 0, length);
      target.put(offset + y * row.length, row);
    }
    blacken(place.height(), target, offset);
  }

  private void round(Placement place, ByteBuffer target, int offset) {
    Arrays.fill(row, (byte) 0);
    for (int y = 0; y < place.height(); y++) {
      for (int x = 0; x < place.width(); x++) {
        for (int channel = 0; channel < 3; channel++) {
          float value = shrunk.values()[channel * shrunk.area() + y * place.width() + x];
          row[3 * x + channel] = (byte) Math.round(255 * value);
        }
      }
      target.put(offset + y * row.length, row);
    }
    blacken(place.height(), target, offset);
  }

  private void blacken(int fromRow, ByteBuffer target, int offset) {
    Arrays.fill(row, (byte) 0);
    for (int y = fromRow; y < side; y++) {
      target.put(offset + y * row.length, row);
    }
  }
}
