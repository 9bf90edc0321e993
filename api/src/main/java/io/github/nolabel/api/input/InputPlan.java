package io.github.nolabel.api.input;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a method wants to read of every sample, in order, and how its images look when nothing is
 * random. Loader, run record, evaluation and export read the same plan.
 */
public record InputPlan(List<Input> inputs, Preprocessing evaluation) {

  public InputPlan {
    inputs = List.copyOf(inputs);
    Require.that(!inputs.isEmpty(), "a method needs at least one input");
    List<String> names = inputs.stream().map(Input::name).toList();
    Require.that(
        names.stream().distinct().count() == names.size(), "two inputs share a name: " + names);
    for (Input input : inputs) {
      Require.that(
          !(input instanceof Input.Mask mask)
              || has(inputs, text(mask.of(), mask.length()))
              || has(inputs, regions(mask.of(), mask.length())),
          "%s is the mask of a text, or of regions, that the plan does not have, or of another length; it has %s"
              .formatted(input, names));
      Require.that(
          !(input instanceof Input.Places places)
              || has(inputs, regions(places.of(), places.count())),
          "%s are the places of regions that the plan does not have, or of another number; it has %s"
              .formatted(input, names));
      Require.that(
          !(input instanceof Input.RegionClasses classes)
              || has(inputs, regions(classes.of(), classes.count())),
          "%s are the classes of regions that the plan does not have, or of another number; it has %s"
              .formatted(input, names));
    }
  }

  private static boolean has(List<Input> inputs, Predicate<Input> wanted) {
    return inputs.stream().anyMatch(wanted);
  }

  private static Predicate<Input> text(String name, int length) {
    return input ->
        input instanceof Input.Text text && text.name().equals(name) && text.length() == length;
  }

  private static Predicate<Input> regions(String name, int count) {
    return input ->
        input instanceof Input.Regions regions
            && regions.name().equals(name)
            && regions.count() == count;
  }

  /** Views of one image. */
  public static InputPlan ofViews(List<View> views, Preprocessing evaluation) {
    return new InputPlan(views.stream().map(v -> (Input) new Input.Image(v)).toList(), evaluation);
  }

  /** The looks at the image among the inputs, in order. */
  public List<View> views() {
    return inputs.stream()
        .filter(Input.Image.class::isInstance)
        .map(input -> ((Input.Image) input).view())
        .toList();
  }

  /** The regions among the inputs, in order. */
  public List<Input.Regions> regions() {
    return inputs.stream()
        .filter(Input.Regions.class::isInstance)
        .map(Input.Regions.class::cast)
        .toList();
  }

  /** What is read of regions alone: they, where they lie, what they are and how many there are. */
  public InputPlan ofRegions() {
    List<String> names = regions().stream().map(Input::name).toList();
    return new InputPlan(
        inputs.stream().filter(input -> isOfRegions(input, names)).toList(), evaluation);
  }

  private static boolean isOfRegions(Input input, List<String> regions) {
    return input instanceof Input.Regions
        || (input instanceof Input.Places places && regions.contains(places.of()))
        || (input instanceof Input.RegionClasses classes && regions.contains(classes.of()))
        || (input instanceof Input.Mask mask && regions.contains(mask.of()));
  }

  /** The same with one more input. */
  public InputPlan with(Input further) {
    List<Input> all = new ArrayList<>(inputs);
    all.add(further);
    return new InputPlan(all, evaluation);
  }

  /** The same with other statistics of colours. */
  public InputPlan normalised(Normalisation normalisation) {
    return new InputPlan(
        inputs, new Preprocessing(evaluation.size(), evaluation.cropShare(), normalisation));
  }
}
