package io.github.nolabel.autodiff.rules;

import java.util.List;
import java.util.stream.Stream;

/** Cases for every differentiable operator, one family per file. */
final class GradientCases {

  private GradientCases() {}

  static List<GradientCase> all() {
    return Stream.of(
            ElementwiseCases.all(),
            LinearCases.all(),
            ReductionCases.all(),
            ShapeCases.all(),
            IndexingCases.all(),
            NormalisationCases.all(),
            ConvolutionCases.all())
        .flatMap(List::stream)
        .toList();
  }
}
