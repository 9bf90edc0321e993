package io.github.nolabel.spark;

import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.SourceProvider;
import io.github.nolabel.data.SplitImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Stripes in two directions with noise, {@code stripes:COUNT}; a disk that fails on demand. */
public final class Stripes implements SourceProvider {

  /** Reads by Spark's tasks that fail from now on. */
  static final AtomicInteger FAILURES = new AtomicInteger();

  /** Property of a process: the file that ends it. */
  static final String TRAP = "stripes.trap";

  /** Property of a process: the file for whose end an image waits. */
  static final String SLOW = "stripes.slow";

  /** Lets whoever waits go on, which it does by itself after some seconds. */
  static Path enough(Path slow) {
    return slow.resolveSibling(slow.getFileName() + "-enough");
  }

  @Override
  public String name() {
    return "stripes";
  }

  @Override
  public String usage() {
    return "stripes:COUNT";
  }

  @Override
  public String summary() {
    return "stripes in two directions";
  }

  @Override
  public List<String> keys() {
    return List.of();
  }

  @Override
  public SourceImages read(SourceAddress address, SourceContext context) {
    int count = Integer.parseInt(address.path());
    return new SplitImages(new Images(count), Optional.empty(), "stripes-" + count);
  }

  private record Images(int size) implements ImageDataset {

    private static final int SIDE = 16;

    @Override
    public RgbImage image(int index) {
      if (FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IllegalStateException("the disk has failed");
      }
      dieInTrap();
      waitIfSlow();
      byte[] rgb = new byte[3 * SIDE * SIDE];
      new Random(index).nextBytes(rgb);
      for (int i = 0; i < SIDE * SIDE; i++) {
        int along = index % 2 == 0 ? i % SIDE : i / SIDE;
        rgb[3 * i] = (byte) (127 + 120 * Math.sin(along * (0.5 + index / 2 % 7 * 0.2) + index));
      }
      return RgbImage.of(SIDE, SIDE, rgb);
    }

    private static void dieInTrap() {
      String trap = System.getProperty(TRAP);
      try {
        if (trap != null && Files.deleteIfExists(Path.of(trap))) {
          Runtime.getRuntime().halt(137);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void waitIfSlow() {
      String slow = System.getProperty(SLOW);
      try {
        if (slow != null && Files.deleteIfExists(Path.of(slow))) {
          for (int tenths = 0; tenths < 200 && Files.notExists(enough(Path.of(slow))); tenths++) {
            Thread.sleep(100);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
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
      return "stripes " + index;
    }
  }
}
