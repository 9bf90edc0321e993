package io.github.nolabel.runs.layout;

import io.github.nolabel.evaluation.FeatureMatrix;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Rows of features in the plane along which they differ most: their first two principal components,
 * from the eigenvectors of whichever product of the centred rows is smaller.
 *
 * <pre>
 * X' X v_k = s_k v_k,   x = X v_1,           y = X v_2
 * X X' u_k = s_k u_k,   x = sqrt(s_1) u_1,   y = sqrt(s_2) u_2
 * </pre>
 *
 * @param share of the variance that the plane keeps, in [0, 1]
 */
public record PrincipalPlane(Places places, double share) {

  private static final int FEWEST = 3;

  /** The cost grows with the cube of the rows or of the width, whichever is less. */
  public static PrincipalPlane of(FeatureMatrix features) {
    DMatrixRMaj rows = centred(features);
    boolean byRow = rows.numRows < rows.numCols;
    DMatrixRMaj products = products(rows, byRow);
    double variance = CommonOps_DDRM.trace(products);
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(products.numRows, true, true);
    if (rows.numRows < FEWEST
        || rows.numCols < 2
        || !(variance > 0)
        || !eigen.decompose(products)) {
      return new PrincipalPlane(Places.origin(rows.numRows), 0);
    }
    int first = largest(eigen, -1);
    int second = largest(eigen, first);
    return new PrincipalPlane(
        new Places(component(rows, eigen, first), component(rows, eigen, second)),
        (value(eigen, first) + value(eigen, second)) / variance);
  }

  private static DMatrixRMaj centred(FeatureMatrix features) {
    float[] values = features.centred().values();
    DMatrixRMaj rows = new DMatrixRMaj(features.rows(), features.width());
    Arrays.setAll(rows.data, i -> values[i]);
    return rows;
  }

  private static DMatrixRMaj products(DMatrixRMaj rows, boolean byRow) {
    int size = Math.min(rows.numRows, rows.numCols);
    DMatrixRMaj products = new DMatrixRMaj(size, size);
    return byRow
        ? CommonOps_DDRM.multTransB(rows, rows, products)
        : CommonOps_DDRM.multTransA(rows, rows, products);
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
      DMatrixRMaj rows, EigenDecomposition_F64<DMatrixRMaj> eigen, int index) {
    DMatrixRMaj vector = eigen.getEigenVector(index);
    DMatrixRMaj component = new DMatrixRMaj(rows.numRows, 1);
    if (vector.numRows == rows.numCols) {
      CommonOps_DDRM.mult(rows, vector, component);
    } else {
      CommonOps_DDRM.scale(Math.sqrt(value(eigen, index)), vector, component);
    }
    return Arrays.stream(component.data).boxed().toList();
  }
}
