package io.github.nolabel.runs.plan;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.BackboneProvider;
import java.util.Optional;

/**
 * Lets a network at hand stand where plans name a registered one.
 *
 * @param backbone empty where a run is opened whose network nobody has handed in
 */
public record GivenBackbone(Optional<Backbone> backbone)
    implements BackboneProvider<GivenBackbone.Kind> {

  /** What records call it. */
  public static final String NAME = "given";

  /** The options of a network at hand. */
  public record Kind(@Option("Class of the network that was handed in") String type) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "A network that a program hands in";
  }

  @Override
  public Kind defaults() {
    return new Kind(backbone.map(b -> b.getClass().getName()).orElse(""));
  }

  @Override
  public Backbone create(Kind kind, int imageSize) {
    return backbone.orElseThrow(
        () ->
            new UserMistake(
                "The run was given its backbone as an object (%s), which no file can bring back. Hand in a plan with the same backbone."
                    .formatted(kind.type())));
  }
}
