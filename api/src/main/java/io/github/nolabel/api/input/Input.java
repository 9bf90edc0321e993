package io.github.nolabel.api.input;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.view.View;

/** One thing that a method reads of every sample, as data: it is fed to the graph by its name. */
public sealed interface Input
    permits Input.Image,
        Input.Text,
        Input.Regions,
        Input.Places,
        Input.RegionClasses,
        Input.Mask,
        Input.Label,
        Input.Numbers {

  /** The graph's input. */
  String name();

  /** What is fed for a batch of N samples. */
  TensorSpec spec();

  /** An augmented look at the sample's image, float[N, 3, S, S]. */
  record Image(View view) implements Input {

    @Override
    public String name() {
      return view.input();
    }

    @Override
    public TensorSpec spec() {
      return TensorSpec.floats(name(), Shape.batched(3, view.size(), view.size()));
    }
  }

  /**
   * A text of the sample as token ids, int64[N, length]; what follows its last token is padding.
   *
   * @param tokenizer which one of the run's tokenizers, by name
   * @param length tokens, special ones included; longer texts are cut
   */
  record Text(String name, String tokenizer, int length) implements Input {

    public Text {
      Require.positive("length", length);
    }

    @Override
    public TensorSpec spec() {
      return new TensorSpec(name, ElementType.INT64, Shape.batched(length));
    }
  }

  /**
   * What a detector found in the sample's image, float[N, count, width]: a feature of every region.
   * Of more regions the first are read; what follows the last is zero.
   */
  record Regions(String name, int count, int width) implements Input {

    public Regions {
      Require.positive("count", count);
      Require.positive("width", width);
    }

    @Override
    public TensorSpec spec() {
      return TensorSpec.floats(name, Shape.batched(count, width));
    }
  }

  /**
   * Where regions lie, float[N, count, 7]: x1, y1, x2, y2, width, height and area, of an image
   * whose sides are 1. Zero where there is no region.
   *
   * @param of the regions' name
   */
  record Places(String name, String of, int count) implements Input {

    /** Numbers of a place. */
    public static final int WIDTH = 7;

    /** The places of {@code regions}. */
    public static Places of(String name, Regions regions) {
      return new Places(name, regions.name(), regions.count());
    }

    @Override
    public TensorSpec spec() {
      return TensorSpec.floats(name, Shape.batched(count, WIDTH));
    }
  }

  /**
   * How likely the detector took regions for each of its classes, float[N, count, classes]. A
   * region's numbers add up to one; zero where there is no region.
   *
   * @param of the regions' name
   */
  record RegionClasses(String name, String of, int count, int classes) implements Input {

    public RegionClasses {
      Require.positive("classes", classes);
    }

    /** The classes of {@code regions}. */
    public static RegionClasses of(String name, Regions regions, int classes) {
      return new RegionClasses(name, regions.name(), regions.count(), classes);
    }

    @Override
    public TensorSpec spec() {
      return TensorSpec.floats(name, Shape.batched(count, classes));
    }
  }

  /**
   * Which positions of a text hold tokens, or which of regions hold one: int64[N, length], 1 for a
   * token, 0 for padding.
   *
   * @param of the text's or the regions' name
   */
  record Mask(String name, String of, int length) implements Input {

    /** The mask of {@code text}. */
    public static Mask of(String name, Text text) {
      return new Mask(name, text.name(), text.length());
    }

    /** The mask of {@code regions}. */
    public static Mask of(String name, Regions regions) {
      return new Mask(name, regions.name(), regions.count());
    }

    @Override
    public TensorSpec spec() {
      return new TensorSpec(name, ElementType.INT64, Shape.batched(length));
    }
  }

  /**
   * The sample's class, int64[N], in [0, classes); every sample must have one.
   *
   * @param classes how many the method tells apart
   */
  record Label(String name, int classes) implements Input {

    public Label {
      Require.positive("classes", classes);
    }

    /** However many classes there are. */
    public Label(String name) {
      this(name, Integer.MAX_VALUE);
    }

    @Override
    public TensorSpec spec() {
      return new TensorSpec(name, ElementType.INT64, Shape.batched());
    }
  }

  /** Numbers that belong to the sample, such as features, float[N, width]. */
  record Numbers(String name, int width) implements Input {

    public Numbers {
      Require.positive("width", width);
    }

    @Override
    public TensorSpec spec() {
      return TensorSpec.floats(name, Shape.batched(width));
    }
  }
}
