package io.github.nolabel.runtime.session;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.kernels.KernelChoice;
import io.github.nolabel.runtime.memory.NativeScope;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtRunOptions;

/** Runs any model by the names of its inputs and outputs. */
public final class ModelRunner implements AutoCloseable {

  private final OrtLibrary library;
  private final ModelSession session;

  /**
   * @throws io.github.nolabel.runtime.memory.OnnxRuntimeException if the device refuses the model
   */
  public ModelRunner(OrtLibrary library, byte[] model, DeviceChoice device) {
    this.library = library;
    this.session = new ModelSession(library, model, device);
  }

  /**
   * With kernels of a training session, to compare them: nodes run as they are, not fused.
   *
   * @throws io.github.nolabel.runtime.memory.OnnxRuntimeException if the device refuses the model
   */
  public ModelRunner(OrtLibrary library, byte[] model, DeviceChoice device, KernelChoice kernels) {
    this.library = library;
    this.session = new ModelSession(library, model, device, kernels);
  }

  /**
   * Runs once.
   *
   * @param feeds by input
   * @param results by output, of the type and shape that comes out; they are overwritten
   * @throws io.github.nolabel.runtime.memory.OnnxRuntimeException if a name, type or shape is wrong
   */
  public void run(Map<String, Tensor> feeds, Map<String, Tensor> results) {
    try (NativeScope call = new NativeScope()) {
      library
          .errors()
          .check(
              library
                  .api()
                  .Run(
                      session.session(),
                      new OrtRunOptions(),
                      names(feeds.keySet(), call),
                      library.views(feeds.values(), call),
                      feeds.size(),
                      names(results.keySet(), call),
                      results.size(),
                      library.views(results.values(), call)),
              "run the model");
    } finally {
      Reference.reachabilityFence(feeds);
      Reference.reachabilityFence(results);
    }
  }

  private static PointerPointer<BytePointer> names(Collection<String> names, NativeScope scope) {
    PointerPointer<BytePointer> list =
        scope.own(new PointerPointer<BytePointer>(names.size()), PointerPointer::close);
    int i = 0;
    for (String name : names) {
      list.put(i++, scope.own(new BytePointer(name, StandardCharsets.UTF_8), BytePointer::close));
    }
    return list;
  }

  @Override
  public void close() {
    session.close();
  }
}
