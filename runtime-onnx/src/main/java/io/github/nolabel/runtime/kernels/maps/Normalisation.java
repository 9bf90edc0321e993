package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.node.GroupPasses;
import io.github.nolabel.runtime.kernels.node.ImageGroups;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.MapShape;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.kernels.onednn.Operand;
import io.github.nolabel.runtime.kernels.onednn.Pass;
import io.github.nolabel.runtime.memory.NativeScope;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/**
 * Moments of a batch for one shape, and the batch normalised by them in a second pass. Both go
 * group by group of images. oneDNN gives the moments of a group with the group normalised by them,
 * which is thrown away and never leaves the cache.
 */
final class Normalisation {

  private final MapShape shape;
  private final float epsilon;
  private final Workplace place;
  private final ImageGroups groups;
  private final ChannelVector means;
  private final ChannelVector variances;
  private final GroupPasses measuring;
  private final NormalisedMaps second;

  /**
   * @param relu whether it comes after the normalisation
   */
  Normalisation(MapShape shape, float epsilon, boolean relu, Workplace place) {
    this.shape = shape;
    this.epsilon = epsilon;
    this.place = place;
    this.groups = shape.groups();
    means = vector(groups.count());
    variances = vector(groups.count());
    measuring = new GroupPasses(groups, place, this::measuringPass);
    second = new NormalisedMaps(shape, epsilon, relu, place);
  }

  private ChannelVector vector(int count) {
    return new ChannelVector(count, shape.channels(), shape.vector(), place.memory().scope());
  }

  Moments moments(KernelCall call, NativeTensor x) {
    measuring.run(
        call,
        group -> new Pointer[] {x.at(group * groups.each()), means.of(group), variances.of(group)});
    return Moments.of(call, place.threads(), means, variances);
  }

  /** The second pass. */
  NormalisedMaps by(Moments moments, NativeTensor gain, NativeTensor shift) {
    second.given(moments, gain, shift);
    return second;
  }

  private Pass measuringPass() {
    NativeScope scope = place.memory().scope();
    memory.desc maps = maps();
    batch_normalization_forward.primitive_desc made = forward(maps, epsilon, 0);
    Pass pass = new Pass(new batch_normalization_forward(made), made.scratchpad_desc(), scope);
    pass.part(dnnl.DNNL_ARG_DST, maps);
    return pass.images(dnnl.DNNL_ARG_SRC, Operand.read(maps, maps, scope))
        .images(dnnl.DNNL_ARG_MEAN, Operand.written(shape.vector(), shape.vector(), scope))
        .images(dnnl.DNNL_ARG_VARIANCE, Operand.written(shape.vector(), shape.vector(), scope));
  }

  /** Training's primitive over these maps. */
  static batch_normalization_forward.primitive_desc forward(
      memory.desc maps, float epsilon, int flags) {
    return new batch_normalization_forward.primitive_desc(
        OneDnn.loaded().engine(),
        dnnl.prop_kind.forward_training.value,
        maps,
        maps,
        epsilon,
        flags,
        OneDnn.attributes(),
        false);
  }

  private memory.desc maps() {
    return shape.in(place.layout(), groups.each());
  }
}
