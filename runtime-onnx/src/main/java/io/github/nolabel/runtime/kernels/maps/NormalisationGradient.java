package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.node.GroupPasses;
import io.github.nolabel.runtime.kernels.node.ImageGroups;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.MapShape;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.kernels.onednn.Pass;
import io.github.nolabel.runtime.memory.NativeScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a normalisation for one shape, in two passes over groups of images. The first one
 * takes the moments for constants: oneDNN then gives {@code scale / deviation * dy} and each
 * group's part of dscale and dbias. The second one adds what the moments' own gradients are, {@code
 * slope * x + offset} for each channel.
 */
final class NormalisationGradient {

  private static final int CONSTANT_MOMENTS =
      dnnl.dnnl_use_global_stats | dnnl.dnnl_use_scale | dnnl.dnnl_use_shift;

  private final MapShape shape;
  private final @Nullable MaskedGradient mask;
  private final float epsilon;
  private final Workplace place;
  private final ImageGroups groups;
  private final ChannelVector mean;
  private final ChannelVector variance;
  private final ChannelVector scaleParts;
  private final ChannelVector biasParts;
  private final ChannelVector slope;
  private final ChannelVector offset;
  private final memory scale;
  private final GroupPasses adding;
  private final GroupPasses finishing;
  private double[] inverse = {};
  private double[] dscale = {};
  private double[] dbias = {};

  /**
   * @param mask in place of dy, if there is one
   */
  NormalisationGradient(
      MapShape shape, @Nullable MaskedGradient mask, float epsilon, Workplace place) {
    this.shape = shape;
    this.mask = mask;
    this.epsilon = epsilon;
    this.place = place;
    this.groups = shape.groups();
    mean = vector(1);
    variance = vector(1);
    scaleParts = vector(groups.count());
    biasParts = vector(groups.count());
    slope = spread();
    offset = spread();
    scale = OneDnn.loaded().unplaced(shape.vector(), place.memory().scope());
    adding = new GroupPasses(groups, place, this::addingPass);
    finishing = new GroupPasses(groups, place, this::finishingPass);
  }

  private ChannelVector vector(int count) {
    return new ChannelVector(count, shape.channels(), shape.vector(), place.memory().scope());
  }

  private ChannelVector spread() {
    long numbers = shape.positions(groups.each()) * shape.channels();
    return new ChannelVector(1, numbers, shape.wideSpread(groups.each()), place.memory().scope());
  }

  /**
   * @param means of the batch
   * @param inverses 1 / deviation, from which the variance is had back
   */
  void given(NativeTensor gain, double[] means, double[] inverses) {
    double[] variances = new double[inverses.length];
    for (int c = 0; c < variances.length; c++) {
      variances[c] = Math.max(0, 1 / (inverses[c] * inverses[c]) - epsilon);
    }
    scale.set_data_handle(gain.data());
    mean.set(means);
    variance.set(variances);
    inverse = inverses;
  }

  /**
   * The first pass.
   *
   * @param arriving dy, or the maps of its mask
   */
  void sums(KernelCall call, List<NativeTensor> arriving, NativeTensor x, NativeTensor dx) {
    adding.run(
        call,
        group -> {
          long image = group * groups.each();
          List<Pointer> maps = new ArrayList<>();
          arriving.forEach(map -> maps.add(map.at(image)));
          Collections.addAll(
              maps, x.at(image), dx.at(image), scaleParts.of(group), biasParts.of(group));
          return maps.toArray(Pointer[]::new);
        });
    dscale = scaleParts.sum(call, place.threads());
    dbias = biasParts.sum(call, place.threads());
  }

  double[] dscale() {
    return dscale;
  }

  double[] dbias() {
    return dbias;
  }

  /** The second pass. */
  void finish(KernelCall call, double[] gain, NativeTensor x, NativeTensor dx) {
    double[] slopes = new double[gain.length];
    double[] offsets = new double[gain.length];
    for (int c = 0; c < gain.length; c++) {
      double each = gain[c] * inverse[c] / shape.perChannel();
      slopes[c] = -each * inverse[c] * dscale[c];
      offsets[c] = -each * dbias[c] - slopes[c] * mean.get(0, c);
    }
    slope.set(slopes);
    offset.set(offsets);
    finishing.run(
        call, group -> new Pointer[] {x.at(group * groups.each()), dx.at(group * groups.each())});
  }

  private Pass addingPass() {
    NativeScope scope = place.memory().scope();
    batch_normalization_backward.primitive_desc made =
        new batch_normalization_backward.primitive_desc(
            OneDnn.loaded().engine(),
            dnnl.prop_kind.backward.value,
            maps(),
            maps(),
            maps(),
            epsilon,
            CONSTANT_MOMENTS,
            Normalisation.forward(maps(), epsilon, CONSTANT_MOMENTS),
            OneDnn.attributes(),
            false);
    Pass pass = new Pass(scope);
    memory masked = mask == null ? null : mask.begin(pass, place);
    pass.then(new batch_normalization_backward(made), made.scratchpad_desc());
    if (masked == null) {
      pass.read(dnnl.DNNL_ARG_DIFF_DST, maps());
    } else {
      pass.shared(dnnl.DNNL_ARG_DIFF_DST, masked);
    }
    pass.read(dnnl.DNNL_ARG_SRC, maps());
    pass.written(dnnl.DNNL_ARG_DIFF_SRC, maps());
    pass.written(dnnl.DNNL_ARG_DIFF_SCALE, shape.vector());
    pass.written(dnnl.DNNL_ARG_DIFF_SHIFT, shape.vector());
    return pass.shared(dnnl.DNNL_ARG_MEAN, mean.argument())
        .shared(dnnl.DNNL_ARG_VARIANCE, variance.argument())
        .shared(dnnl.DNNL_ARG_SCALE, scale);
  }

  /** {@code dx = slope * x + dx + offset}. */
  private Pass finishingPass() {
    memory.desc rows = shape.wide(place.layout(), groups.each());
    memory.desc each = shape.wideSpread(groups.each());
    post_ops after = new post_ops();
    after.append_sum();
    after.append_binary(dnnl.algorithm.binary_add, each);
    primitive_attr attributes = OneDnn.attributes();
    attributes.set_post_ops(after);
    binary.primitive_desc made =
        new binary.primitive_desc(
            OneDnn.loaded().engine(),
            dnnl.algorithm.binary_mul,
            rows,
            each,
            rows,
            attributes,
            false);
    Pass pass = new Pass(new binary(made), made.scratchpad_desc(), place.memory().scope());
    pass.read(dnnl.DNNL_ARG_SRC_0, rows);
    pass.written(dnnl.DNNL_ARG_DST, rows);
    return pass.shared(dnnl.DNNL_ARG_SRC_1, slope.argument())
        .shared(SECOND_POST_OP, offset.argument());
  }

  /** The other argument of what comes after the primitive, counted from 0. */
  private static final int SECOND_POST_OP =
      dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * 2 | dnnl.DNNL_ARG_SRC_1;

  private memory.desc maps() {
    return shape.in(place.layout(), groups.each());
  }
}
