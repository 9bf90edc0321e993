package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.runs.model.WeightLibrary;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What kind of file a backbone is written as. */
final class FormatFlags {

  private static final String SAFETENSORS = "safetensors";

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "onnx or safetensors; by the end of FILE's name unless said otherwise.")
  private @Nullable String format;

  @Option(
      names = "--names",
      paramLabel = "NAME",
      description = "Of safetensors: timm (the default), torchvision, whose names ResNets share, or transformers, of vision transformers.")
  private @Nullable String names;

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
  }
}
