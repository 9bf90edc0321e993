package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A fragment from normalised images to feature vectors of a known width. */
public interface Backbone extends Fragment {

  /** What it consumes, for example {@code [N, 3, 224, 224]}. */
  Shape inputShape();

  /** Width and height of its images in pixels. */
  default int imageSize() {
    return Math.toIntExact(inputShape().extent(2));
  }

  /** The extent of axis 1 of its output, float[N, featureWidth]. */
  int featureWidth();

  /** The width of a head's hidden layers, as an option says: 0 takes the feature's. */
  default int hiddenWidth(int option) {
    return option > 0 ? option : featureWidth();
  }

  /**
   * The same network, with the same parameters, up to one vector per place of the image: float[N,
   * tokens, featureWidth]. A vision transformer's first token is its class token.
   *
   * @throws UserMistake if it has one feature per image and nothing else
   */
  default Fragment tokens() {
    throw new UserMistake(
        "%s gives one feature per image and no tokens, which this method needs. Choose a vision transformer, a ResNet or small-cnn."
            .formatted(getClass().getSimpleName()));
  }

  /** The backbone's feature, float[N, featureWidth], of its {@link #tokens()}. */
  default Value pooled(Ops g, Value tokens) {
    return g.reduceMean(tokens, false, 1);
  }

  /** What people should know before it is trained, in sentences; mostly nothing. */
  default List<String> notes() {
    return List.of();
  }

  /** How its images must be normalised; empty leaves it to the method. */
  default Optional<Normalisation> normalisation() {
    return Optional.empty();
  }

  /**
   * The same architecture with the values of a safetensors file as its first ones; names of
   * torchvision, timm, transformers, OpenAI's CLIP and open_clip are known. {@link #notes()} says
   * what was taken.
   *
   * @throws io.github.nolabel.api.UserMistake if the file cannot be read, or lacks a parameter
   */
  default Backbone withWeights(Path safetensors) {
    return new FirstValues(safetensors.toString(), "", false, "").in(this, "the backbone");
  }

  /** The size nearest to {@code pixels} of square images that it also takes, such as crops. */
  default int nearestSize(int pixels) {
    return pixels;
  }
}
