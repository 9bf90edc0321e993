package com.example.vicreg;

import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.SourceProvider;
import io.github.nolabel.data.SplitImages;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Registers a data source: drawn stripes, {@code gratings:COUNT}, in two directions. */
public final class Gratings implements SourceProvider {

  @Override
  public String name() {
    return "gratings";
  }

  @Override
  public String usage() {
    return "gratings:COUNT";
  }

  @Override
  public String summary() {
    return "drawn stripes in two directions";
  }

  @Override
  public List<String> keys() {
    return List.of();
  }

  @Override
  public SourceImages read(SourceAddress address, SourceContext context) {
    int count = Integer.parseInt(address.path());
    return new SplitImages(new Stripes(count), Optional.empty(), "gratings-" + count);
  }

  private record Stripes(int size) implements ImageDataset {

    private static final int SIDE = 16;

    @Override
    public RgbImage image(int index) {
      byte[] rgb = new byte[3 * SIDE * SIDE];
      for (int i = 0; i < SIDE * SIDE; i++) {
        int along = index % 2 == 0 ? i % SIDE : i / SIDE;
        byte light = (byte) (127 + 120 * Math.sin(along * (0.5 + index / 2 % 7 * 0.2) + index));
        rgb[3 * i] = light;
        rgb[3 * i + 1] = light;
        rgb[3 * i + 2] = (byte) (index * 37);
      }
      return RgbImage.of(SIDE, SIDE, rgb);
    }

    @Override
    public OptionalInt label(int index) {
      return OptionalInt.of(index % 2);
    }

    @Override
    public List<String> labelNames() {
      return List.of("across", "along");
    }

    @Override
    public String name(int index) {
      return "grating " + index;
    }
  }
}
