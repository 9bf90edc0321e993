package io.github.nolabel.runtime.kernels.onednn;

import io.github.nolabel.runtime.memory.NativeScope;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/** oneDNN as loaded into this process, once: its engine, and whether it can be used at all. */
public final class OneDnn {

  private final engine cpu = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0);
  private final OpenMp threads = OpenMp.loaded();
  private final ThreadLocal<Boolean> told = ThreadLocal.withInitial(() -> false);

  private OneDnn() {}

  /** Why it cannot be used on this platform; empty if it can. */
  public static Optional<String> obstacle() {
    try {
      Loader.load(dnnl.class);
    } catch (LinkageError e) {
      return Optional.of(
          "its native library cannot be loaded on %s (%s)"
              .formatted(OrtLibrary.platform(), e.getMessage()));
    }
    return OpenMp.isLoaded()
        ? Optional.empty()
        : Optional.of("on %s it was not built with OpenMP".formatted(OrtLibrary.platform()));
  }

  /** Such as 3.11.0. */
  public static String version() {
    var version = dnnl.dnnl_version();
    return "%d.%d.%d".formatted(version.major(), version.minor(), version.patch());
  }

  /** Whether its kernels were found to be the faster ones on this kind of processor. */
  public static boolean isKnownToBeFast() {
    return OrtLibrary.platform().endsWith("x86_64");
  }

  public static OneDnn loaded() {
    return Holder.LIBRARY;
  }

  public engine engine() {
    return cpu;
  }

  /** What the calling thread makes and runs from now on uses no other thread. */
  public void alone() {
    if (!told.get()) {
      threads.alone();
      told.set(true);
    }
  }

  stream stream(NativeScope scope) {
    return scope.own(new stream(cpu), Pointer::deallocate);
  }

  /** What all primitives are made with: memory comes from the kernels. */
  public static primitive_attr attributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
    attributes.set_deterministic(true);
    return attributes;
  }

  /** Extents or strides as primitives take them. */
  public static LongPointer list(List<Long> values) {
    return new LongPointer(values.stream().mapToLong(Long::longValue).toArray());
  }

  /** A tensor of this layout, of which it is said later where it lies. */
  public memory unplaced(memory.desc layout, NativeScope scope) {
    return scope.own(new memory(layout, cpu, new Pointer()), Pointer::deallocate);
  }

  private static final class Holder {
    static final OneDnn LIBRARY = new OneDnn();
  }
}
