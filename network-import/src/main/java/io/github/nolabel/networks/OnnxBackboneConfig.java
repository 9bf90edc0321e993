package io.github.nolabel.networks;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;
import java.nio.file.Path;

/** Options of a backbone from a file, set as {@code backbone.NAME}. */
public record OnnxBackboneConfig(
    @Option("ONNX file; the backbone onnx:PATH says the same") String file,
    @Option("Value to take as the features; empty takes the file's first output")
        String featureOutput,
    @Option("Draw all weights anew and keep only the architecture") boolean resetWeights,
    @Option("SHA-256 that the file must have; empty takes any") String sha256,
    @Option("Mean and deviation of colours: imagenet, half, or R,G,B/R,G,B; empty takes the file's")
        String normalisation,
    @Option("Names of float initializers that stay as they are, with commas between")
        String constants,
    @Option("Feature of an output [N, tokens, width]: class, the first token, or mean, of all")
        TokenFeature tokens,
    @Option("Where an output of four axes has its channels: first or last; auto looks at its shape")
        ChannelPlace channels) {

  public static final OnnxBackboneConfig DEFAULTS =
      new OnnxBackboneConfig("", "", false, "", "", "", TokenFeature.ASK, ChannelPlace.AUTO);

  /** How the tokens of an image become one feature. */
  public enum TokenFeature {
    ASK,
    CLASS,
    MEAN
  }

  /** Which axis of a feature map counts channels. */
  public enum ChannelPlace {
    AUTO,
    FIRST,
    LAST
  }

  OnnxBackboneConfig of(Path chosen) {
    return RecordOptions.with(this, "file", chosen.toString());
  }

  OnnxBackboneConfig withSha256(String hex) {
    return RecordOptions.with(this, "sha256", hex);
  }
}
