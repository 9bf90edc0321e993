package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.NodeAttributes;
import io.github.nolabel.runtime.kernels.node.Plans;
import io.github.nolabel.runtime.kernels.node.Workplace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * ONNX's {@code ReduceSum} of a bf16 tensor over its first axes, added up and written in float32: a
 * product of ones and rows.
 */
final class LeadingSumKernel implements Kernel {

  /** How many axes are added up. */
  static final String AXES = "leading";

  /** 1 in bf16. */
  private static final short ONE = 0x3F80;

  private final int axes;
  private final boolean keepsAxes;
  private final Workplace place;
  private final Plans<Product> products = new Plans<>();
  private ShortPointer ones = new ShortPointer();

  private LeadingSumKernel(int axes, boolean keepsAxes, Workplace place) {
    this.axes = axes;
    this.keepsAxes = keepsAxes;
    this.place = place;
  }

  static Kernel of(NodeAttributes node, Workplace place) {
    return new LeadingSumKernel((int) node.whole(AXES, 1), node.whole("keepdims", 1) != 0, place);
  }

  @Override
  public void compute(KernelCall call) {
    NativeTensor x = call.input(0);
    List<Long> extents = new ArrayList<>(Collections.nCopies(keepsAxes ? axes : 0, 1L));
    extents.addAll(x.extents().subList(axes, x.extents().size()));
    NativeTensor sum = call.output(0, extents);
    if (sum == null || sum.elements() == 0) {
      return;
    }
    if (x.elements() == 0) {
      Pointer.memset(sum.data(), 0, sum.elements() * sum.width());
      return;
    }
    add(call, x, sum);
  }

  private void add(KernelCall call, NativeTensor x, NativeTensor sum) {
    long rows = x.elements() / sum.elements();
    Product product =
        products.of(List.of(x), () -> new Product(ofOnes(rows, sum.elements()), place));
    product.write(call, ones(rows), x, sum);
  }

  private static ProductShape ofOnes(long rows, long columns) {
    return ProductShape.of(
        Matrices.plain(List.of(1L, rows)), Matrices.plain(List.of(rows, columns)));
  }

  private NativeTensor ones(long count) {
    if (ones.capacity() < count) {
      ones = place.memory().scope().own(new ShortPointer(count), Pointer::close);
      for (long i = 0; i < count; i++) {
        ones.put(i, ONE);
      }
    }
    return new NativeTensor(List.of(1L, count), ones, Short.BYTES);
  }
}
