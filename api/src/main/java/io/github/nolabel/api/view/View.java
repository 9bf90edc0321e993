package io.github.nolabel.api.view;

import io.github.nolabel.api.Require;
import java.util.List;

/**
 * One augmented look at an image, fed to the graph input {@code input} as float[N, 3, size, size].
 * The transforms run in order, then the plan's {@link Normalisation}. A view whose transforms hold
 * no {@link ViewTransform.RandomResizedCrop} is resized as for evaluation first.
 */
public record View(String input, int size, List<ViewTransform> transforms) {

  public View {
    Require.positive("size", size);
    transforms = List.copyOf(transforms);
  }
}
