package io.github.nolabel.runtime.kernels.node;

import io.github.nolabel.runtime.memory.OrtLibrary;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.onnxruntime.OrtKernelInfo;

/** What a node says about itself, while its kernel is made. */
public final class NodeAttributes {

  private static final String LIST = "read a node's list";
  private static final String COUNT = "count a node's inputs and outputs";

  private final OrtLibrary library;
  private final OrtKernelInfo info;

  public NodeAttributes(OrtLibrary library, OrtKernelInfo info) {
    this.library = library;
    this.info = info;
  }

  /** A list of whole numbers, or what is meant if it is missing. */
  public List<Long> list(String name, List<Long> otherwise) {
    try (SizeTPointer size = new SizeTPointer(1)) {
      var api = library.api();
      var found = api.KernelInfoGetAttributeArray_int64(info, name, new LongPointer(), size);
      if (library.errors().messageOf(found) != null) {
        return otherwise;
      }
      long[] values = new long[(int) size.get()];
      library.errors().check(api.KernelInfoGetAttributeArray_int64(info, name, values, size), LIST);
      return Arrays.stream(values).boxed().toList();
    }
  }

  /** A whole number, or what is meant if it is missing. */
  public long whole(String name, long otherwise) {
    long[] value = new long[1];
    var status = library.api().KernelInfoGetAttribute_int64(info, name, value);
    return library.errors().messageOf(status) == null ? value[0] : otherwise;
  }

  /** A number, or what is meant if it is missing. */
  public float number(String name, float otherwise) {
    float[] value = new float[1];
    var status = library.api().KernelInfoGetAttribute_float(info, name, value);
    return library.errors().messageOf(status) == null ? value[0] : otherwise;
  }

  /** How many inputs and outputs it has, those left out at the end not counted. */
  public KernelCall.Ends ends() {
    try (SizeTPointer inputs = new SizeTPointer(1);
        SizeTPointer outputs = new SizeTPointer(1)) {
      library.errors().check(library.api().KernelInfo_GetInputCount(info, inputs), COUNT);
      library.errors().check(library.api().KernelInfo_GetOutputCount(info, outputs), COUNT);
      return new KernelCall.Ends(inputs.get(), outputs.get());
    }
  }

  /** Those of a convolution over height and width. */
  public Window window() {
    return new Window(
        list("strides", List.of(1L, 1L)),
        list("pads", List.of(0L, 0L, 0L, 0L)),
        list("dilations", List.of(1L, 1L)),
        whole("group", 1));
  }
}
