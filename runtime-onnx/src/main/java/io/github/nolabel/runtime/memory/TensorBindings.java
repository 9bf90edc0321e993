package io.github.nolabel.runtime.memory;

import io.github.nolabel.api.Tensor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.onnxruntime.OrtValue;

/**
 * Native views of tensors that come back step after step, by identity. Sources reuse a small ring
 * of buffers, so in steady state nothing is created; views of tensors that stay away are freed.
 */
public final class TensorBindings implements AutoCloseable {

  private final OrtLibrary library;
  private final int capacity;
  private final Map<Key, OrtValue> views = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param capacity tensors to remember, at least as many as one step needs
   */
  public TensorBindings(OrtLibrary library, int capacity) {
    this.library = library;
    this.capacity = capacity;
  }

  /** The view of {@code tensor}, valid until {@code capacity} other tensors were asked for. */
  public OrtValue viewOf(Tensor tensor) {
    OrtValue view = views.computeIfAbsent(new Key(tensor), key -> library.view(key.tensor()));
    if (views.size() > capacity) {
      Iterator<OrtValue> oldest = views.values().iterator();
      library.release(oldest.next());
      oldest.remove();
    }
    return view;
  }

  int size() {
    return views.size();
  }

  /** Frees all views; the bindings can be used again. */
  @Override
  public void close() {
    views.values().forEach(library::release);
    views.clear();
  }

  private record Key(Tensor tensor) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.tensor == tensor;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(tensor);
    }
  }
}
