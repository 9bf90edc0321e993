package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.inference.UsageCode;
import io.github.nolabel.onnx.OpsetChange;
import io.github.nolabel.runs.model.BackboneFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a backbone is written as ONNX. */
final class OnnxFlags {

  private static final String WHOLE = "fp32";
  private static final String STATIC = "int8-static";
  private static final List<String> PRECISIONS = List.of(WHOLE, "fp16", "int8", STATIC);

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description =
          "Of ONNX: fp32; fp16, half the size; int8, a quarter, of vision transformers; int8-static, a quarter, of networks of convolutions, with ranges from the run's images. What that changes on the run's own images is told.")
  private String precision = WHOLE;

  @Option(
      names = "--opset",
      paramLabel = "N",
      description = "Of ONNX: the version of its operators, 13 to 20 (the default).")
  private @Nullable Integer opset;

  @Option(
      names = "--dynamic-size",
      description =
          "Of ONNX: images of any height and width. Vision transformers interpolate their positions then; networks of convolutions compute what they always do.")
  private boolean anySize;

  @Option(
      names = "--code",
      description =
          "Of ONNX: write a program in Python and one in Java beside the file that give the same features.")
  private boolean code;

  /** Whether the network is to be rounded. */
  boolean rounds() {
    return !precision.equals(WHOLE);
  }

  /** Whether rounding needs to know the ranges of the network's values. */
  boolean calibrates() {
    return precision.equals(STATIC);
  }

  /** The network with rounded weights, where ranges are of no use. */
  BackboneFile rounded(BackboneFile whole) {
    return precision.equals("fp16") ? whole.half() : whole.eightBits();
  }

  BackboneFile sized(BackboneFile file) {
    return anySize ? file.anySize() : file;
  }

  BackboneFile inOpset(BackboneFile file) {
    return opset == null ? file : file.opset(opset);
  }

  /** Programs that use the file, by their place. */
  Map<Path, String> code(BackboneFile network, Path file) {
    return code ? network.code(file) : Map.of();
  }

  /**
   * @param used whether {@code output} is to be an ONNX file
   * @throws UserMistake if there is none such, or nothing to write so
   */
  void check(@Nullable Path output, boolean used) {
    if (!PRECISIONS.contains(precision)) {
      throw new UserMistake(
          "--precision is '%s'; expected %s."
              .formatted(precision, String.join(" or ", PRECISIONS)));
    }
    if (opset != null) {
      OpsetChange.requireKnown(opset);
    }
    requireOnnx(used, rounds(), "--precision");
    requireOnnx(used, opset != null, "--opset");
    requireOnnx(used, anySize, "--dynamic-size");
    requireOnnx(used, code, "--code");
    if (code && output != null) {
      UsageCode.requireFree(output);
    }
  }

  private static void requireOnnx(boolean used, boolean asked, String flag) {
    if (asked && !used) {
      throw new UserMistake(
          "%s is for ONNX files; add --output FILE.onnx. Weights and artifacts are float32."
              .formatted(flag));
    }
  }
}
