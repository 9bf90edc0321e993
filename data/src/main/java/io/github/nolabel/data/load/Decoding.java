package io.github.nolabel.data.load;

/** How much of a picture is decoded for training. */
public enum Decoding {
  /** Every pixel. */
  WHOLE,
  /** A JPEG file at a half, a quarter or an eighth of its size where the views need no more. */
  SCALED
}
