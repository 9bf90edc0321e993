package io.github.nolabel.networks;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.FileValue;
import io.github.nolabel.networks.table.TranslationContext;

/** Makes one vector per image of the chosen output. */
final class FeatureVector {

  private FeatureVector() {}

  /** float[N, F] as it is; float[N, C, H, W] becomes its mean over space. */
  static Value of(FileValue found, String name, TranslationContext setting) {
    if (!(found instanceof FileValue.Live live) || live.value().type() != ElementType.FLOAT) {
      throw mistake(setting, name, "does not depend on the images");
    }
    Value value = live.value();
    Shape shape = value.shape();
    boolean perImage = shape.rank() >= 2 && shape.dim(0).equals(setting.batch());
    if (perImage && shape.rank() == 4) {
      return setting.scope().ops().reduceMean(value, false, 2, 3);
    }
    if (!perImage || shape.rank() != 2) {
      throw mistake(setting, name, "is " + shape);
    }
    return value;
  }

  private static UserMistake mistake(TranslationContext setting, String name, String what) {
    return new UserMistake(
        "%s: the feature output '%s' %s, expected [N, features] or [N, channels, height, width]. Choose another value (backbone.featureOutput)."
            .formatted(setting.file(), name, what));
  }
}
