package io.github.nolabel.runtime.kernels.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a kernel has prepared, by the extents of its tensors: they seldom change from step to step.
 * Lists of extents are found sooner than records that hold them, until the compiler has taken to
 * those.
 *
 * @param <P> what is prepared
 */
public final class Plans<P> {

  private final Map<List<List<Long>>, P> plans = new HashMap<>();

  /**
   * @param tensors whose extents matter
   * @param maker if there was no call with such extents yet
   */
  public P of(List<NativeTensor> tensors, Supplier<P> maker) {
    List<List<Long>> extents = new ArrayList<>(tensors.size());
    for (NativeTensor tensor : tensors) {
      extents.add(tensor.extents());
    }
    @Nullable P plan = plans.get(extents);
    if (plan == null) {
      plan = maker.get();
      plans.put(extents, plan);
    }
    return plan;
  }
}
