package io.github.nolabel.networks.weights;

import io.github.nolabel.fragment.text.TextWeightReader;
import io.github.nolabel.fragment.text.TextWeights;
import java.nio.file.Path;

/** Registers the reader of text transformers in safetensors files. */
public final class SafetensorsTextReader implements TextWeightReader {

  @Override
  public TextWeights read(Path file) {
    return SafetensorsTextWeights.read(file);
  }
}
