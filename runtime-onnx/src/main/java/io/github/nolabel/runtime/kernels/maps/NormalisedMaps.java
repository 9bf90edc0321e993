package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.node.GroupPasses;
import io.github.nolabel.runtime.kernels.node.ImageGroups;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.MapShape;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Plans;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.kernels.onednn.Operand;
import io.github.nolabel.runtime.kernels.onednn.Pass;
import io.github.nolabel.runtime.memory.NativeScope;
import java.util.List;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.Pointer;

/**
 * Maps of one shape normalised by given moments, with what comes after: nothing, ReLU, or other
 * maps added and then ReLU.
 */
final class NormalisedMaps {

  private static final int GIVEN_MOMENTS =
      dnnl.dnnl_use_global_stats | dnnl.dnnl_use_scale | dnnl.dnnl_use_shift;

  private final MapShape shape;
  private final float epsilon;
  private final Workplace place;
  private final ChannelVector mean;
  private final ChannelVector variance;
  private final memory scale;
  private final memory bias;
  private final GroupPasses alone;
  private final Plans<Added> added = new Plans<>();

  NormalisedMaps(MapShape shape, float epsilon, boolean relu, Workplace place) {
    this.shape = shape;
    this.epsilon = epsilon;
    this.place = place;
    NativeScope scope = place.memory().scope();
    mean = new ChannelVector(1, shape.channels(), shape.vector(), scope);
    variance = new ChannelVector(1, shape.channels(), shape.vector(), scope);
    scale = OneDnn.loaded().unplaced(shape.vector(), scope);
    bias = OneDnn.loaded().unplaced(shape.vector(), scope);
    alone = new GroupPasses(shape.groups(), place, () -> alone(relu));
  }

  void given(Moments moments, NativeTensor gain, NativeTensor shift) {
    mean.set(moments.mean());
    variance.set(moments.variance());
    scale.set_data_handle(gain.data());
    bias.set_data_handle(shift.data());
  }

  /** Writes the call's first output, if somebody reads it. */
  void write(KernelCall call, NativeTensor x) {
    NativeTensor y = call.output(0, x.extents());
    long each = shape.groups().each();
    if (y != null) {
      alone.run(call, group -> new Pointer[] {x.at(group * each), y.at(group * each)});
    }
  }

  /** The same with other maps added before ReLU; where an extent is 1 either one is spread. */
  void write(KernelCall call, NativeTensor x, NativeTensor other) {
    Added plan = added.of(List.of(other), () -> plan(MapShape.of(other)));
    NativeTensor y = call.output(0, plan.all().extents());
    long each = plan.all().groups().each();
    if (y != null) {
      plan.passes()
          .run(
              call,
              group ->
                  new Pointer[] {x.at(group * each), other.at(group * each), y.at(group * each)});
    }
  }

  /** The passes for other maps, and what all are spread to. */
  private record Added(MapShape all, GroupPasses passes) {}

  private Added plan(MapShape others) {
    MapShape all = MapShape.spread(List.of(shape, others));
    ImageGroups groups = all.groups();
    return new Added(all, new GroupPasses(groups, place, () -> added(others, all, groups.each())));
  }

  private Pass alone(boolean relu) {
    memory.desc maps = shape.in(place.layout(), shape.groups().each());
    return normal(maps, relu ? relu() : new post_ops())
        .images(dnnl.DNNL_ARG_DST, Operand.written(maps, maps, place.memory().scope()));
  }

  /** {@code y = relu(normal + other)}, where what is normal stays in the cache. */
  private Pass added(MapShape others, MapShape all, long each) {
    NativeScope scope = place.memory().scope();
    memory.desc own = shape.in(place.layout(), each);
    memory.desc other = others.in(place.layout(), each);
    memory.desc y = all.in(place.layout(), each);
    boolean first = shape.equals(all);
    binary.primitive_desc sum = sum(first ? own : other, first ? other : own, y);
    Pass pass = normal(own, new post_ops());
    memory normal = pass.part(dnnl.DNNL_ARG_DST, own);
    return pass.then(new binary(sum), sum.scratchpad_desc())
        .shared(first ? dnnl.DNNL_ARG_SRC_0 : dnnl.DNNL_ARG_SRC_1, normal)
        .images(
            first ? dnnl.DNNL_ARG_SRC_1 : dnnl.DNNL_ARG_SRC_0, Operand.read(other, other, scope))
        .images(dnnl.DNNL_ARG_DST, Operand.written(y, y, scope));
  }

  private Pass normal(memory.desc maps, post_ops after) {
    NativeScope scope = place.memory().scope();
    batch_normalization_forward.primitive_desc made =
        new batch_normalization_forward.primitive_desc(
            OneDnn.loaded().engine(),
            dnnl.prop_kind.forward_inference.value,
            maps,
            maps,
            epsilon,
            GIVEN_MOMENTS,
            followed(after),
            false);
    return new Pass(new batch_normalization_forward(made), made.scratchpad_desc(), scope)
        .images(dnnl.DNNL_ARG_SRC, Operand.read(maps, maps, scope))
        .shared(dnnl.DNNL_ARG_MEAN, mean.argument())
        .shared(dnnl.DNNL_ARG_VARIANCE, variance.argument())
        .shared(dnnl.DNNL_ARG_SCALE, scale)
        .shared(dnnl.DNNL_ARG_SHIFT, bias);
  }

  /** {@code y = relu(a + b)}; b's extents of 1 are spread. */
  private static binary.primitive_desc sum(memory.desc a, memory.desc b, memory.desc y) {
    return new binary.primitive_desc(
        OneDnn.loaded().engine(), dnnl.algorithm.binary_add, a, b, y, followed(relu()), false);
  }

  private static post_ops relu() {
    post_ops after = new post_ops();
    after.append_eltwise(dnnl.algorithm.eltwise_relu, 0, 0);
    return after;
  }

  private static primitive_attr followed(post_ops after) {
    primitive_attr attributes = OneDnn.attributes();
    attributes.set_post_ops(after);
    return attributes;
  }
}
