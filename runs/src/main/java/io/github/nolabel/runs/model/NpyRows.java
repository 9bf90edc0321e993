package io.github.nolabel.runs.model;

import java.io.IOException;
import java.io.OutputStream;

/** The vectors alone, for a file whose header has been written. */
record NpyRows(OutputStream out) implements FeatureRows {

  @Override
  public void row(Image image, float[] vector) throws IOException {
    NpyFile.floats(out, vector);
  }
}
