package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.runs.model.BackboneFile;
import io.github.nolabel.runs.model.WeightLibrary;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What kind of file a backbone is written as. */
final class FormatFlags {

  private static final String SAFETENSORS = "safetensors";
  private static final List<String> PRECISIONS = List.of("fp32", "fp16", "int8");

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "onnx or safetensors; by the end of FILE's name unless said otherwise.")
  private @Nullable String format;

  @Option(
      names = "--names",
      paramLabel = "NAME",
      description = "Of safetensors: timm (the default) or torchvision, whose names ResNets share.")
  private @Nullable String names;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description =
          "Of ONNX: fp32; fp16, half the size; int8, a quarter, of vision transformers. What that changes on the run's own images is told.")
  private String precision = "fp32";

  /** Whether the network is to be rounded. */
  boolean smaller() {
    return !precision.equals("fp32");
  }

  /** The network with rounded weights. */
  BackboneFile smaller(BackboneFile whole) {
    return precision.equals("fp16") ? whole.half() : whole.eightBits();
  }

  /** Whether weights alone are asked for, not a network. */
  boolean safetensors(Path output) {
    return format == null
        ? output.toString().toLowerCase(Locale.ROOT).endsWith("." + SAFETENSORS)
        : format.equals(SAFETENSORS);
  }

  WeightLibrary names() {
    return names == null ? WeightLibrary.TIMM : WeightLibrary.of(names);
  }

  /**
   * @throws UserMistake if there is no such format, or the names have nothing to name
   */
  void check(@Nullable Path output) {
    if (format != null && !format.equals("onnx") && !format.equals(SAFETENSORS)) {
      throw new UserMistake("--format is '%s'; expected onnx or safetensors.".formatted(format));
    }
    if (names != null && (output == null || !safetensors(output))) {
      throw new UserMistake(
          "--names is for weights alone; add --output FILE.safetensors. An ONNX file needs no names of others.");
    }
    names();
    checkPrecision(output);
  }

  private void checkPrecision(@Nullable Path output) {
    if (!PRECISIONS.contains(precision)) {
      throw new UserMistake(
          "--precision is '%s'; expected %s."
              .formatted(precision, String.join(" or ", PRECISIONS)));
    }
    if (smaller() && (output == null || safetensors(output))) {
      throw new UserMistake(
          "--precision is for ONNX files; add --output FILE.onnx. Weights and artifacts are float32.");
    }
  }
}
