package io.github.nolabel.data.view;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.ViewTransform;
import java.util.Optional;
import java.util.ServiceLoader;

/** Carries out changes that a plug-in has added; found by {@link ServiceLoader}. */
public interface TransformProvider {

  /** How {@code change} is carried out, one for each thread; empty if it is somebody else's. */
  Optional<Transform> renderer(ViewTransform change);

  /**
   * The first that this library's class loader sees.
   *
   * @throws UserMistake if nobody knows the change
   */
  static Transform of(ViewTransform change) {
    for (TransformProvider provider :
        ServiceLoader.load(TransformProvider.class, TransformProvider.class.getClassLoader())) {
      Optional<Transform> found = provider.renderer(change);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new UserMistake(
        "Nobody carries out the change %s of a view: a plug-in registers a TransformProvider."
            .formatted(change));
  }
}
