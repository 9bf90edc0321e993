package io.github.nolabel.data.load;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.Regions;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Writes an image's regions, and zeros where it has no more. Thread-safe. */
final class RegionRows {

  private final ImageDataset images;
  private final Input.Regions regions;
  private final Optional<String> places;
  private final Optional<Input.RegionClasses> classes;
  private final Optional<String> mask;
  private final Set<Integer> shortened = ConcurrentHashMap.newKeySet();

  private RegionRows(ImageDataset images, InputPlan plan, Input.Regions regions) {
    this.images = images;
    this.regions = regions;
    this.places = name(plan, in -> in instanceof Input.Places p && p.of().equals(regions.name()));
    this.classes = classes(plan, regions);
    this.mask = name(plan, in -> in instanceof Input.Mask m && m.of().equals(regions.name()));
  }

  /**
   * One per regions of the plan, in order.
   *
   * @throws UserMistake if an image has none, or the first has others than the plan says
   */
  static List<RegionRows> of(InputPlan plan, ImageDataset images) {
    List<RegionRows> rows =
        plan.regions().stream().map(regions -> new RegionRows(images, plan, regions)).toList();
    rows.forEach(RegionRows::check);
    return rows;
  }

  private static Optional<String> name(InputPlan plan, Predicate<Input> wanted) {
    return plan.inputs().stream().filter(wanted).map(Input::name).findFirst();
  }

  private static Optional<Input.RegionClasses> classes(InputPlan plan, Input.Regions regions) {
    return plan.inputs().stream()
        .filter(Input.RegionClasses.class::isInstance)
        .map(Input.RegionClasses.class::cast)
        .filter(classes -> classes.of().equals(regions.name()))
        .findFirst();
  }

  private void check() {
    for (int i = 0; i < images.size(); i++) {
      if (!images.hasRegions(i)) {
        throw new UserMistake(
            "The method reads the regions '%s' of every sample, but %s has none."
                .formatted(regions.name(), images.name(i)));
      }
    }
    read(0);
  }

  /** How many different images had more regions than are read. */
  long shortened() {
    return shortened.size();
  }

  void fill(int index, int row, BatchSlot slot) {
    Regions found = read(index);
    int count = Math.min(found.count(), regions.count());
    if (found.count() > count) {
      shortened.add(index);
    }
    fillFeatures(found, count, row, slot.numbers(regions.name()));
    places.ifPresent(name -> fillPlaces(found, count, row, slot.numbers(name)));
    classes.ifPresent(input -> fillClasses(found, count, row, slot.numbers(input.name())));
    mask.ifPresent(name -> fillMask(count, row, slot.whole(name)));
  }

  private Regions read(int index) {
    Regions found = images.regions(index).orElseThrow();
    if (found.width() != regions.width()) {
      throw new UserMistake(
          "The regions of %s have features of width %,d, expected %,d like all others: set method.regionWidth to what the detector wrote."
              .formatted(images.name(index), found.width(), regions.width()));
    }
    if (places.isPresent() && !found.hasBoxes()) {
      throw new UserMistake(
          "The regions of %s have no boxes, but the method reads where they lie. Expected a .npz or .safetensors file with 'features' and 'boxes'."
              .formatted(images.name(index)));
    }
    classes.ifPresent(input -> requireClasses(index, found.classCount(), input.classes()));
    return found;
  }

  private void requireClasses(int index, int found, int expected) {
    if (found != expected) {
      throw new UserMistake(
          "The regions of %s have %s, expected probabilities of %,d: set method.regionClasses to what the detector wrote (a .npz or .safetensors file with 'classes', [regions, classes]), or to 0 to learn without them."
              .formatted(
                  images.name(index),
                  found == 0 ? "no probabilities of classes" : "%,d classes".formatted(found),
                  expected));
    }
  }

  private void fillFeatures(Regions found, int count, int row, FloatBuffer target) {
    fill(found.features(), regions.width(), count, row, target);
  }

  private void fillClasses(Regions found, int count, int row, FloatBuffer target) {
    fill(found.classes(), found.classCount(), count, row, target);
  }

  /** As many numbers for each region. */
  private void fill(float[] numbers, int each, int count, int row, FloatBuffer target) {
    int start = row * regions.count() * each;
    target.put(start, numbers, 0, count * each);
    zero(target, start + count * each, start + regions.count() * each);
  }

  private void fillPlaces(Regions found, int count, int row, FloatBuffer target) {
    int start = row * regions.count() * Input.Places.WIDTH;
    for (int region = 0; region < count; region++) {
      int at = start + region * Input.Places.WIDTH;
      target.put(at, found.boxes(), region * Regions.BOX, Regions.BOX);
      float width = target.get(at + 2) - target.get(at);
      float height = target.get(at + 3) - target.get(at + 1);
      target.put(at + 4, width).put(at + 5, height).put(at + 6, width * height);
    }
    zero(target, start + count * Input.Places.WIDTH, start + regions.count() * Input.Places.WIDTH);
  }

  private void fillMask(int count, int row, LongBuffer target) {
    for (int region = 0; region < regions.count(); region++) {
      target.put(row * regions.count() + region, region < count ? 1 : 0);
    }
  }

  private static void zero(FloatBuffer target, int from, int to) {
    for (int at = from; at < to; at++) {
      target.put(at, 0);
    }
  }
}
