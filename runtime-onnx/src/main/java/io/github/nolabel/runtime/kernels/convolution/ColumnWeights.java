package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.MapLayout;
import io.github.nolabel.runtime.kernels.onednn.Rearrangement;
import io.github.nolabel.runtime.kernels.onednn.Workspace;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/**
 * Weights in the order of {@link Columns}, {@code [to, taps, from]}; with one tap that is ONNX's.
 */
final class ColumnWeights {

  private final Columns columns;
  private final Workplace place;
  private @Nullable Rearrangement reading;
  private @Nullable Rearrangement writing;

  ColumnWeights(Columns columns, Workplace place) {
    this.columns = columns;
    this.place = place;
  }

  private boolean isPlain() {
    return columns.taps() == 1;
  }

  /** Valid until the next kernel runs. */
  NativeTensor read(KernelCall call, NativeTensor weight) {
    if (isPlain()) {
      return weight;
    }
    if (reading == null) {
      reading = move(columns.plainWeights(columns.to()), columns.weightsByTaps(place.layout()));
    }
    NativeTensor read = in(place.layout(), place.memory().weights());
    run(call, reading, weight, read);
    return read;
  }

  /** Where their gradient is added up, valid until the next kernel runs. */
  NativeTensor sums(NativeTensor gradient) {
    return isPlain() ? gradient : in(MapLayout.PLAIN, place.memory().weights());
  }

  /** Writes the gradient as ONNX has it. */
  void write(KernelCall call, NativeTensor sums, NativeTensor gradient) {
    if (isPlain()) {
      return;
    }
    if (writing == null) {
      writing = move(columns.weightsByTaps(MapLayout.PLAIN), columns.plainWeights(columns.to()));
    }
    run(call, writing, sums, gradient);
  }

  private Rearrangement move(memory.desc from, memory.desc to) {
    return new Rearrangement(from, to, false, place.threads(), place.memory().scope());
  }

  private static void run(KernelCall call, Rearrangement move, NativeTensor from, NativeTensor to) {
    move.place(from.data(), to.data());
    call.parallel(move.slices(), move::run);
  }

  private NativeTensor in(MapLayout layout, Workspace workspace) {
    List<Long> extents = List.of(columns.to(), columns.width());
    long bytes = memory.data_type_size(layout.type());
    workspace.require(columns.to() * columns.width() * bytes);
    return new NativeTensor(extents, workspace.at(0), (int) bytes);
  }
}
