package io.github.nolabel.runs.view;

import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** Pictures at hand, without labels. */
record Pictures(List<RgbImage> pictures) implements ImageDataset {

  /** Colours that change smoothly, with noise over them, in sizes of all kinds. */
  static Pictures odd() {
    List<RgbImage> pictures = new ArrayList<>();
    int[][] sizes = {{1, 1}, {1, 9}, {13, 2}, {17, 31}, {31, 17}, {40, 40}, {64, 50}, {63, 64}};
    for (int[] size : sizes) {
      pictures.add(picture(size[0], size[1]));
    }
    return new Pictures(pictures);
  }

  /** Larger ones. */
  static Pictures large() {
    return new Pictures(
        List.of(picture(300, 200), picture(120, 500), picture(257, 256), picture(640, 480)));
  }

  private static RgbImage picture(int width, int height) {
    Random random = new Random(31L * width + height);
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      double wave = Math.sin(0.11 * x + i % 3) * Math.cos(0.07 * y - i % 3);
      rgb[i] = (byte) Math.max(0, Math.min(255, 128 + 110 * wave + 25 * random.nextGaussian()));
    }
    return RgbImage.of(width, height, rgb);
  }

  @Override
  public int size() {
    return pictures.size();
  }

  @Override
  public RgbImage image(int index) {
    return pictures.get(index);
  }

  @Override
  public OptionalInt label(int index) {
    return OptionalInt.empty();
  }

  @Override
  public List<String> labelNames() {
    return List.of();
  }

  @Override
  public String name(int index) {
    return "picture " + index;
  }
}
