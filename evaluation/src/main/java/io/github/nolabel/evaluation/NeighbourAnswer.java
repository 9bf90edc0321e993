package io.github.nolabel.evaluation;

/**
 * What an image's neighbours say it is.
 *
 * @param query the image that asked, by index in the evaluation set
 * @param label what it is
 * @param answer what they say
 */
public record NeighbourAnswer(int query, int label, int answer) {

  public boolean isRight() {
    return answer == label;
  }
}
