package io.github.nolabel.networks.weights;

import io.github.nolabel.fragment.backbone.NamedWeights;
import io.github.nolabel.fragment.backbone.WeightReader;
import java.nio.file.Path;

/** Registers the reader of safetensors files. */
public final class SafetensorsReader implements WeightReader {

  @Override
  public NamedWeights read(Path file) {
    return SafetensorsWeights.read(file);
  }
}
