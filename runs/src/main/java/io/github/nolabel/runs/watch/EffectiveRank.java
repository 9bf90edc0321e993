package io.github.nolabel.runs.watch;

import io.github.nolabel.evaluation.FeatureMatrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * How many directions a set of features makes use of (RankMe, Garrido et al. 2023, arXiv
 * 2210.02885).
 *
 * <pre>
 * exp( -sum_k( p_k log p_k ) ),   p_k = s_k / sum(s),   s: singular values of the features
 * </pre>
 *
 * 1 when all rows are multiples of one; at most the smaller of rows and width. Features of zeros
 * count as 1. The cost grows with the cube of that smaller number.
 */
public final class EffectiveRank {

  /** The name under which it is reported. */
  public static final String NAME = "effective_rank";

  private EffectiveRank() {}

  public static double of(FeatureMatrix features) {
    double[] singular = singularValues(features);
    double total = 0;
    for (double value : singular) {
      total += value;
    }
    double entropy = 0;
    for (double value : singular) {
      double share = total > 0 ? value / total : 0;
      entropy -= share > 0 ? share * Math.log(share) : 0;
    }
    return Math.exp(entropy);
  }

  /**
   * Along how many directions the rows' directions differ: the rank without their common part,
   * which fills the first direction of most networks' features.
   */
  public static double ofDifferences(FeatureMatrix features) {
    return of(features.unitRows().centred());
  }

  private static double[] singularValues(FeatureMatrix features) {
    EigenDecomposition_F64<DMatrixRMaj> decomposition =
        DecompositionFactory_DDRM.eig(Math.min(features.rows(), features.width()), false, true);
    if (!decomposition.decompose(smallerGram(features))) {
      return new double[0];
    }
    double[] values = new double[decomposition.getNumberOfEigenvalues()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sqrt(Math.max(0, decomposition.getEigenvalue(i).getReal()));
    }
    return values;
  }

  /** Products of rows or of columns, whichever are fewer: both have the same eigenvalues. */
  private static DMatrixRMaj smallerGram(FeatureMatrix features) {
    float[] values = features.values();
    int rows = features.rows();
    int width = features.width();
    return rows <= width
        ? gram(values, rows, width, width, 1)
        : gram(values, width, rows, 1, width);
  }

  private static DMatrixRMaj gram(float[] values, int n, int length, int stride, int along) {
    DMatrixRMaj gram = new DMatrixRMaj(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int k = 0; k < length; k++) {
          sum += (double) values[i * stride + k * along] * values[j * stride + k * along];
        }
        gram.set(i, j, sum);
        gram.set(j, i, sum);
      }
    }
    return gram;
  }
}
