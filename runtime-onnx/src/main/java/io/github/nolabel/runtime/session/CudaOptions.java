package io.github.nolabel.runtime.session;

import io.github.nolabel.api.train.DeviceConfig;
import io.github.nolabel.runtime.memory.NativeScope;
import io.github.nolabel.runtime.memory.OrtErrors;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtCUDAProviderOptionsV2;
import org.bytedeco.onnxruntime.OrtSessionOptions;

/** Our settings of a CUDA device in ONNX Runtime's words. */
final class CudaOptions {

  private static final String ATTEMPT = "load the CUDA provider";
  private static final long MIB = 1 << 20;

  private CudaOptions() {}

  /** Names and values as ONNX Runtime reads them. */
  static Map<String, String> of(DeviceConfig config) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("device_id", Integer.toString(config.card()));
    if (config.memoryLimitMib() > 0) {
      options.put("gpu_mem_limit", Long.toString(config.memoryLimitMib() * MIB));
    }
    options.put("arena_extend_strategy", growth(config.memoryGrowth()));
    options.put("cudnn_conv_algo_search", search(config.convolutionSearch()));
    options.put("cudnn_conv_use_max_workspace", config.convolutionWorkspace() ? "1" : "0");
    options.put("use_tf32", config.tf32() ? "1" : "0");
    return options;
  }

  private static String growth(DeviceConfig.Growth growth) {
    return switch (growth) {
      case AS_REQUESTED -> "kSameAsRequested";
      case DOUBLING -> "kNextPowerOfTwo";
    };
  }

  private static String search(DeviceConfig.ConvolutionSearch search) {
    return switch (search) {
      case EXHAUSTIVE -> "EXHAUSTIVE";
      case HEURISTIC -> "HEURISTIC";
      case FIXED -> "DEFAULT";
    };
  }

  /** Puts the CUDA provider in front of the CPU's. */
  static void append(OrtLibrary library, DeviceConfig config, OrtSessionOptions session) {
    OrtErrors errors = library.errors();
    try (NativeScope scope = new NativeScope()) {
      OrtCUDAProviderOptionsV2 cuda = open(library, config, scope);
      errors.check(
          library.api().SessionOptionsAppendExecutionProvider_CUDA_V2(session, cuda), ATTEMPT);
    }
  }

  private static OrtCUDAProviderOptionsV2 open(
      OrtLibrary library, DeviceConfig config, NativeScope scope) {
    OrtErrors errors = library.errors();
    OrtCUDAProviderOptionsV2 cuda = new OrtCUDAProviderOptionsV2();
    errors.check(library.api().CreateCUDAProviderOptions(cuda), ATTEMPT);
    scope.own(cuda, library.api().ReleaseCUDAProviderOptions()::call);
    Map<String, String> options = of(config);
    errors.check(
        library
            .api()
            .UpdateCUDAProviderOptions(
                cuda,
                texts(options.keySet(), scope),
                texts(options.values(), scope),
                options.size()),
        ATTEMPT);
    return cuda;
  }

  private static PointerPointer<BytePointer> texts(Collection<String> texts, NativeScope scope) {
    PointerPointer<BytePointer> list =
        scope.own(new PointerPointer<BytePointer>(texts.size()), PointerPointer::close);
    int i = 0;
    for (String text : texts) {
      list.put(i++, scope.own(new BytePointer(text), BytePointer::close));
    }
    return list;
  }
}
