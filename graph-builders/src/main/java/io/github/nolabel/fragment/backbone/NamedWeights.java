package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.Tensor;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A file's tensors by the paths of our parameters. */
public interface NamedWeights {

  Path path();

  String sha256();

  /** What comes before the names of the network's tensors in the file; empty for nothing. */
  String folder();

  /** How many tensors the file holds, counters and classifier included. */
  int size();

  /** The paths that the file has values for. */
  Collection<String> paths();

  /** Tensors of a classifier. */
  List<String> classifier();

  /** The file's names for those paths that hold. */
  List<String> namesOf(Predicate<String> paths);

  /** The shape that a parameter has in the file; empty if there is none, or a part of it only. */
  Optional<List<Long>> extents(String path);

  /**
   * A parameter's values. Only where {@link #extents} is not empty.
   *
   * @throws io.github.nolabel.api.UserMistake if they are no floats, or not finite
   */
  Tensor tensor(String path);
}
