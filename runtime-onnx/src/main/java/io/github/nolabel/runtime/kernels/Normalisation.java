package io.github.nolabel.runtime.kernels;

import io.github.nolabel.runtime.memory.NativeScope;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/**
 * Moments of a batch and the batch normalised by them, for one shape. Both are taken group by group
 * of images. oneDNN gives the moments of a group with the group normalised by them, which is thrown
 * away and never leaves the cache.
 */
final class Normalisation {

  private final MapShape shape;
  private final float epsilon;
  private final Workplace place;
  private final ImageGroups groups;
  private final ChannelVector means;
  private final ChannelVector variances;
  private final ChannelVector mean;
  private final ChannelVector variance;
  private final memory scale;
  private final memory bias;
  private final GroupPasses measuring;
  private final GroupPasses normalising;

  Normalisation(MapShape shape, float epsilon, Workplace place) {
    this.shape = shape;
    this.epsilon = epsilon;
    this.place = place;
    this.groups = shape.groups();
    NativeScope scope = place.memory().scope();
    means = vector(groups.count());
    variances = vector(groups.count());
    mean = vector(1);
    variance = vector(1);
    scale = OneDnn.loaded().unplaced(shape.vector(), scope);
    bias = OneDnn.loaded().unplaced(shape.vector(), scope);
    measuring = new GroupPasses(groups, place, this::measuringPass);
    normalising = new GroupPasses(groups, place, this::normalisingPass);
  }

  private ChannelVector vector(int count) {
    return new ChannelVector(count, shape.channels(), shape.vector(), place.memory().scope());
  }

  Moments moments(KernelCall call, NativeTensor x) {
    measuring.run(
        call,
        group -> new Pointer[] {x.at(group * groups.each()), means.of(group), variances.of(group)});
    return Moments.of(means, variances, groups.count(), (int) shape.channels());
  }

  void normalise(
      KernelCall call,
      Moments moments,
      NativeTensor x,
      NativeTensor gain,
      NativeTensor shift,
      NativeTensor y) {
    mean.set(moments.mean());
    variance.set(moments.variance());
    scale.set_data_handle(gain.data());
    bias.set_data_handle(shift.data());
    normalising.run(
        call, group -> new Pointer[] {x.at(group * groups.each()), y.at(group * groups.each())});
  }

  private Pass measuringPass() {
    NativeScope scope = place.memory().scope();
    memory.desc maps = maps();
    batch_normalization_forward.primitive_desc made = forward(0);
    Pass pass = new Pass(new batch_normalization_forward(made), made.scratchpad_desc(), scope);
    pass.part(dnnl.DNNL_ARG_DST, maps);
    return pass.images(dnnl.DNNL_ARG_SRC, Operand.read(maps, maps, scope))
        .images(dnnl.DNNL_ARG_MEAN, Operand.written(shape.vector(), shape.vector(), scope))
        .images(dnnl.DNNL_ARG_VARIANCE, Operand.written(shape.vector(), shape.vector(), scope));
  }

  private Pass normalisingPass() {
    NativeScope scope = place.memory().scope();
    batch_normalization_forward.primitive_desc made =
        forward(dnnl.dnnl_use_global_stats | dnnl.dnnl_use_scale | dnnl.dnnl_use_shift);
    return new Pass(new batch_normalization_forward(made), made.scratchpad_desc(), scope)
        .images(dnnl.DNNL_ARG_SRC, Operand.read(maps(), maps(), scope))
        .images(dnnl.DNNL_ARG_DST, Operand.written(maps(), maps(), scope))
        .shared(dnnl.DNNL_ARG_MEAN, mean.argument())
        .shared(dnnl.DNNL_ARG_VARIANCE, variance.argument())
        .shared(dnnl.DNNL_ARG_SCALE, scale)
        .shared(dnnl.DNNL_ARG_SHIFT, bias);
  }

  private batch_normalization_forward.primitive_desc forward(int flags) {
    return forward(maps(), epsilon, flags);
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
