package io.github.nolabel.runtime.kernels.node;

import io.github.nolabel.runtime.kernels.onednn.MapLayout;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.LongPointer;

/** Extents of feature maps: images, channels, height, width. */
public record MapShape(List<Long> extents) {

  /** Numbers of a row that is long enough. */
  private static final long WIDE = 1024;

  public MapShape {
    if (extents.size() != 4) {
      throw new IllegalArgumentException("needs maps [N, C, H, W], got %s".formatted(extents));
    }
  }

  public static MapShape of(NativeTensor tensor) {
    return new MapShape(tensor.extents());
  }

  /** The maps that these are spread to where an extent is 1. */
  public static MapShape spread(List<MapShape> shapes) {
    List<Long> extents = new ArrayList<>();
    for (int axis = 0; axis < 4; axis++) {
      int of = axis;
      extents.add(shapes.stream().mapToLong(shape -> shape.extents.get(of)).max().orElseThrow());
    }
    MapShape all = new MapShape(extents);
    if (shapes.stream().anyMatch(shape -> shape.images() != all.images())) {
      throw new IllegalArgumentException("maps %s differ in their images".formatted(shapes));
    }
    return all;
  }

  long images() {
    return extents.get(0);
  }

  public long channels() {
    return extents.get(1);
  }

  /** Numbers of one channel in the whole batch. */
  public long perChannel() {
    return images() * extents.get(2) * extents.get(3);
  }

  public ImageGroups groups() {
    long each = channels() * extents.get(2) * extents.get(3);
    return ImageGroups.of(images(), Math.max(1, each * Float.BYTES));
  }

  /** Where a window of such a kernel stands. */
  public MapShape slid(Window window, List<Long> kernel) {
    return new MapShape(
        List.of(
            images(),
            channels(),
            window.positions(0, extents.get(2), kernel.get(0)),
            window.positions(1, extents.get(3), kernel.get(1))));
  }

  /** So many of the images in this layout. */
  public memory.desc in(MapLayout layout, long images) {
    return layout.of(images, channels(), extents.get(2), extents.get(3));
  }

  /** A number for each channel. */
  public memory.desc vector() {
    return new memory.desc(
        new LongPointer(new long[] {channels()}), memory.data_type.f32, memory.format_tag.x);
  }

  /**
   * So many of the images, channels last, as rows of some positions each: primitives are quicker
   * over long rows.
   */
  public memory.desc wide(MapLayout layout, long images) {
    long positions = positions(images);
    long rows = images * extents.get(2) * extents.get(3) / positions;
    return layout.of(rows, positions * channels(), 1, 1);
  }

  /** A number for each channel, again for each position of a row, to be spread over rows. */
  public memory.desc wideSpread(long images) {
    return new memory.desc(
        new LongPointer(1, positions(images) * channels(), 1, 1),
        memory.data_type.f32,
        memory.format_tag.nhwc);
  }

  /** Of a row. */
  public long positions(long images) {
    long all = images * extents.get(2) * extents.get(3);
    long most = Math.max(1, Math.min(all, WIDE / channels()));
    while (all % most != 0) {
      most--;
    }
    return most;
  }

  public void requireSame(String what, NativeTensor other) {
    if (!other.extents().equals(extents)) {
      throw new IllegalArgumentException(
          "%s is %s, expected %s".formatted(what, other.extents(), extents));
    }
  }
}
