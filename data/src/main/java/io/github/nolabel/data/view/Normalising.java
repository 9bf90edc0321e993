package io.github.nolabel.data.view;

import io.github.nolabel.api.view.Normalisation;

/** {@code (x - mean) / std} per channel. */
record Normalising(Normalisation normalisation) implements Transform {

  @Override
  public void apply(Pixels image, CounterRandom random) {
    float[] values = image.values();
    int area = image.area();
    for (int channel = 0; channel < 3; channel++) {
      float mean = normalisation.mean().get(channel).floatValue();
      float std = normalisation.std().get(channel).floatValue();
      for (int i = channel * area; i < (channel + 1) * area; i++) {
        values[i] = (values[i] - mean) / std;
      }
    }
  }
}
