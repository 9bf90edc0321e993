package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Workspace;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;

/** The pixels that a convolution of single pixels reads, a row of channels each. */
final class SampledMaps {

  private final ConvolutionShape shape;
  private final Workplace place;
  private final ImageBlocks blocks;
  private final List<Chain> reading = new ArrayList<>();
  private final List<Chain> writing = new ArrayList<>();

  SampledMaps(ConvolutionShape shape, Workplace place) {
    this.shape = shape;
    this.place = place;
    blocks = ImageBlocks.of(shape.x().get(0), place.blocks());
  }

  long positions() {
    long[] y = shape.y();
    return y[0] * y[2] * y[3];
  }

  private long channels() {
    return shape.x().get(1);
  }

  private long bytes() {
    return memory.data_type_size(place.layout().type());
  }

  /** Where they may be written, valid until the next kernel runs. */
  NativeTensor rows() {
    Workspace workspace = place.memory().maps();
    workspace.require(positions() * channels() * bytes());
    List<Long> extents = List.of(shape.x().get(0), positions() / shape.x().get(0), channels());
    return new NativeTensor(extents, workspace.at(0), (int) bytes());
  }

  /** Valid until the next kernel runs. */
  NativeTensor read(KernelCall call, NativeTensor maps) {
    if (reading.isEmpty()) {
      for (int i = 0; i < blocks.count(); i++) {
        reading.add(readingChain(blocks.size(i)));
      }
    }
    NativeTensor rows = rows();
    run(call, reading, maps, rows);
    return rows;
  }

  /** Writes maps that are zero where no pixel is read. */
  void write(KernelCall call, NativeTensor rows, NativeTensor maps) {
    if (writing.isEmpty()) {
      for (int i = 0; i < blocks.count(); i++) {
        writing.add(writingChain(blocks.size(i)));
      }
    }
    run(call, writing, rows, maps);
  }

  private void run(KernelCall call, List<Chain> chains, NativeTensor from, NativeTensor to) {
    place.parallel(
        call,
        chains.size(),
        (workspace, block) -> {
          long image = blocks.begin(block);
          chains.get(block).run(workspace, from.at(image), to.at(image));
        });
  }

  private Chain readingChain(long images) {
    Chain chain = new Chain(place.memory().scope());
    memory maps = chain.given(seen(images));
    return chain.move(maps, chain.given(dense(images)));
  }

  private Chain writingChain(long images) {
    Chain chain = new Chain(place.memory().scope());
    memory rows = chain.given(dense(images));
    memory maps = chain.given(place.layout().of(shape.withImages(images).xExtents()));
    return chain.zero(maps).move(rows, chain.part(maps, seen(images)));
  }

  private List<Long> grid(long images) {
    return List.of(images, shape.y()[2], shape.y()[3], channels());
  }

  private memory.desc seen(long images) {
    long row = shape.x().get(3) * channels();
    List<Long> strides = shape.window().strides();
    return place
        .layout()
        .strided(
            grid(images),
            List.of(shape.x().get(2) * row, strides.get(0) * row, strides.get(1) * channels(), 1L));
  }

  private memory.desc dense(long images) {
    long row = shape.y()[3] * channels();
    return place.layout().strided(grid(images), List.of(shape.y()[2] * row, row, channels(), 1L));
  }
}
