package io.github.nolabel.runs.report;

import io.github.nolabel.evaluation.FeatureMatrix;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Rows of features in the plane along which they differ most: their first two principal components,
 * from the eigenvectors of the products of rows.
 *
 * <pre>
 * G = X X',   G u_k = s_k u_k,   x = sqrt(s_1) u_1,   y = sqrt(s_2) u_2,   X centred
 * </pre>
 *
 * @param share of the variance that the plane keeps, in [0, 1]
 */
record Plane(List<Double> x, List<Double> y, double share) {

  /** The cost grows with the cube of the rows. */
  static Plane of(FeatureMatrix features) {
    FeatureMatrix centred = features.centred();
    int n = centred.rows();
    DMatrixRMaj products = products(centred.values(), n, centred.width());
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += products.get(i, i);
    }
    if (n < 3 || !(trace > 0) || !eigen.decompose(products)) {
      return new Plane(Collections.nCopies(n, 0.0), Collections.nCopies(n, 0.0), 0);
    }
    int first = largest(eigen, -1);
    int second = largest(eigen, first);
    return new Plane(
        component(eigen, first, n),
        component(eigen, second, n),
        (value(eigen, first) + value(eigen, second)) / trace);
  }

  private static int largest(EigenDecomposition_F64<DMatrixRMaj> eigen, int except) {
    int best = except == 0 ? 1 : 0;
    for (int i = 0; i < eigen.getNumberOfEigenvalues(); i++) {
      if (i != except && value(eigen, i) > value(eigen, best)) {
        best = i;
      }
    }
    return best;
  }

  private static double value(EigenDecomposition_F64<DMatrixRMaj> eigen, int index) {
    return Math.max(0, eigen.getEigenvalue(index).getReal());
  }

  private static List<Double> component(
      EigenDecomposition_F64<DMatrixRMaj> eigen, int index, int rows) {
    DMatrixRMaj vector = eigen.getEigenVector(index);
    return IntStream.range(0, rows)
        .mapToObj(i -> Math.sqrt(value(eigen, index)) * vector.get(i, 0))
        .toList();
  }

  private static DMatrixRMaj products(float[] values, int n, int width) {
    DMatrixRMaj products = new DMatrixRMaj(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
          sum += (double) values[i * width + k] * values[j * width + k];
        }
        products.set(i, j, sum);
        products.set(j, i, sum);
      }
    }
    return products;
  }
}
