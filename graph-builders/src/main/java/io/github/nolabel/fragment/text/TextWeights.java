package io.github.nolabel.fragment.text;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.fragment.layer.ContextBlock.Style;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A file's tensors by the paths of a {@link TextTransformer}'s parameters. Its positions are under
 * {@link #POSITIONS} as float[places, width] and, where tokens have types, {@link #TYPES}.
 */
public interface TextWeights {

  /** float[places, width] */
  String POSITIONS = "embeddings/position";

  /** float[types, width] */
  String TYPES = "embeddings/type";

  Path path();

  String sha256();

  /** The transformer that the names are of. */
  Style style();

  /** How many blocks there are. */
  int depth();

  /** The shape of the tensor, or of its share, that belongs to a parameter. */
  Optional<List<Long>> extents(String path);

  /**
   * A parameter's values. Only where {@link #extents} is not empty.
   *
   * @throws io.github.nolabel.api.UserMistake if they are no floats, or not finite
   */
  Tensor tensor(String path);

  /** The file's name for a parameter, or what it would be called there. */
  String nameOf(String path);

  /** The file's tensors that belong to none of {@code paths}. */
  List<String> unused(Collection<String> paths);

  /**
   * Those of {@link #unused} that lie where the network of {@code paths} computes: what the file's
   * network computes with them, ours does not. Blocks that are left out as a whole are none.
   */
  List<String> surplus(Collection<String> paths);
}
