package io.github.nolabel.networks;

import io.github.nolabel.api.option.Option;
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
        String constants) {

  public static final OnnxBackboneConfig DEFAULTS =
      new OnnxBackboneConfig("", "", false, "", "", "");

  OnnxBackboneConfig of(Path chosen) {
    return new OnnxBackboneConfig(
        chosen.toString(), featureOutput, resetWeights, sha256, normalisation, constants);
  }

  OnnxBackboneConfig withSha256(String hex) {
    return new OnnxBackboneConfig(file, featureOutput, resetWeights, hex, normalisation, constants);
  }
}
