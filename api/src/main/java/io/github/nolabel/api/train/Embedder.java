package io.github.nolabel.api.train;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Tensor;
import java.util.Map;

/** Maps images to features with frozen weights. Not thread-safe. */
public interface Embedder extends AutoCloseable {

  /**
   * @param images float[n, 3, S, S], normalised
   * @return float[n, D]
   */
  Tensor embed(Tensor images);

  @Override
  void close();

  /**
   * The one input and the one output of {@code model}, whatever their names; closing closes it.
   *
   * @throws io.github.nolabel.api.UserMistake if it has more than one input or output
   */
  static Embedder of(Model model) {
    Require.that(
        model.inputs().size() == 1 && model.outputs().size() == 1,
        "A model that maps images to features has one input and one output; this one has %s and %s."
            .formatted(model.inputs(), model.outputs()));
    String in = model.inputs().get(0).name();
    return new Embedder() {
      @Override
      public Tensor embed(Tensor images) {
        return model.run(Map.of(in, images)).values().iterator().next();
      }

      @Override
      public void close() {
        model.close();
      }
    };
  }
}
