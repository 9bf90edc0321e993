package io.github.nolabel.networks;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.OnnxBackboneConfig.ChannelPlace;
import io.github.nolabel.networks.OnnxBackboneConfig.TokenFeature;
import io.github.nolabel.networks.table.FileValue;
import io.github.nolabel.networks.table.TranslationContext;

/**
 * Makes one vector per image of the chosen output: float[N, F] as it is; a feature map becomes its
 * mean over space; tokens become the first of them, or their mean.
 */
record FeatureVector(TokenFeature tokens, ChannelPlace channels) {

  private static final int MAP = 4;
  private static final int TOKENS = 3;

  static FeatureVector of(OnnxBackboneConfig config) {
    return new FeatureVector(config.tokens(), config.channels());
  }

  Value of(FileValue found, String name, TranslationContext setting) {
    if (!(found instanceof FileValue.Live live) || live.value().type() != ElementType.FLOAT) {
      throw mistake(setting, name, "does not depend on the images");
    }
    Value value = live.value();
    Shape shape = value.shape();
    boolean perImage = shape.rank() >= 2 && shape.dim(0).equals(setting.batch());
    if (!perImage || shape.rank() > MAP) {
      throw mistake(setting, name, "is " + shape);
    }
    Ops g = setting.scope().ops();
    return switch (shape.rank()) {
      case MAP ->
          channelsAreLast(shape, name, setting)
              ? g.reduceMean(value, false, 1, 2)
              : g.reduceMean(value, false, 2, 3);
      case TOKENS -> pooled(g, value, name, setting);
      default -> value;
    };
  }

  /** Images are square, and so are their maps: two equal extents beside another are the space. */
  private boolean channelsAreLast(Shape shape, String name, TranslationContext setting) {
    Dim first = shape.dim(1);
    Dim middle = shape.dim(2);
    Dim last = shape.dim(3);
    if (channels == ChannelPlace.AUTO && first.equals(middle) == middle.equals(last)) {
      throw new UserMistake(
          "%s: the feature output '%s' is %s, which does not say where its channels are. Set backbone.channels=first or last."
              .formatted(setting.file(), name, shape));
    }
    return channels == ChannelPlace.AUTO ? first.equals(middle) : channels == ChannelPlace.LAST;
  }

  private Value pooled(Ops g, Value value, String name, TranslationContext setting) {
    return switch (tokens) {
      case CLASS -> g.squeeze(g.slice(value, 1, 0, 1), 1);
      case MEAN -> g.reduceMean(value, false, 1);
      case ASK ->
          throw new UserMistake(
              "%s: the feature output '%s' is %s: one feature per token. Set backbone.tokens=class for the first token or mean for all, or choose another value (backbone.featureOutput)."
                  .formatted(setting.file(), name, value.shape()));
    };
  }

  private static UserMistake mistake(TranslationContext setting, String name, String what) {
    return new UserMistake(
        "%s: the feature output '%s' %s, expected [N, features], [N, tokens, features] or a map [N, channels, height, width]. Choose another value (backbone.featureOutput)."
            .formatted(setting.file(), name, what));
  }
}
