package io.github.nolabel.networks;

import io.github.nolabel.fragment.backbone.Backbone;
import java.nio.file.Path;

/** The front door: networks of other frameworks as trainable backbones. */
public final class ForeignNetworks {

  private ForeignNetworks() {}

  /**
   * A trainable backbone from an inference model, with the file's weights, first output and image
   * size (224 where it takes any).
   *
   * @throws io.github.nolabel.api.UserMistake if the file cannot be read or trained; the message
   *     names the node and what can be done
   */
  public static Backbone fromOnnx(Path file) {
    return fromOnnx(file, OnnxBackboneConfig.DEFAULTS, 0);
  }

  /**
   * The same with other choices than the usual ones.
   *
   * @param choices such as another feature output; the file that they name is {@code file}
   * @param imageSize width and height in pixels; 0 takes the file's
   */
  public static Backbone fromOnnx(Path file, OnnxBackboneConfig choices, int imageSize) {
    OnnxBackboneProvider provider = new OnnxBackboneProvider();
    return provider.create(choices.of(file), imageSize);
  }
}
