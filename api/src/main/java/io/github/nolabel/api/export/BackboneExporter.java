package io.github.nolabel.api.export;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.OnnxModel;
import java.util.List;
import java.util.Map;

/** Turns trained state into a plain inference model: {@code images} to {@code features}. */
public interface BackboneExporter {

  /** The backbone alone; every method that reads images has this cut. */
  String BACKBONE = "backbone";

  /** The cut from images to unit vectors in a space that they share with texts. */
  String IMAGE = "image";

  /** The cut from token ids to unit vectors in a space that they share with images. */
  String TEXT = "text";

  /** The cut from an image and the first tokens of its caption to what follows each of them. */
  String DECODER = "decoder";

  /** The cut from images to a token of each of their parts, which other cuts read. */
  String TOKENS = "tokens";

  /** The cut from images and texts to the probability, float[N, 1], that they belong together. */
  String MATCH = "match";

  /** The cut from images and texts with hidden words to the words' logits, float[N, length, V]. */
  String WORDS = "words";

  /** The cut from an image and a text to a feature of both. */
  String FUSION = "fusion";

  /** Where the network can be cut, {@link #BACKBONE} first if there is one. */
  List<String> cuts();

  /**
   * The networks that were trained side by side, such as {@code student} and {@code teacher}, each
   * with its first cut; the one that the method's paper deploys comes first.
   */
  Map<String, String> networks();

  /**
   * @param state values by state tensor's name; names that the cut does not need are ignored
   * @param cut one of {@link #cuts()}
   * @param metadata written into the file, sorted by key, beside the entries of {@link
   *     PreprocessingMetadata}
   * @return a model without training operators, with a dynamic batch axis
   * @throws io.github.nolabel.api.UserMistake if the cut is unknown or a tensor is missing
   */
  OnnxModel export(Map<String, Tensor> state, String cut, Map<String, String> metadata);

  /**
   * The state tensors that a cut computes with, in the network's order, by name.
   *
   * @throws io.github.nolabel.api.UserMistake if the cut is unknown or a tensor is missing
   */
  Map<String, Tensor> weights(Map<String, Tensor> state, String cut);
}
