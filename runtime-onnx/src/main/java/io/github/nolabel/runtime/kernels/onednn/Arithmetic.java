package io.github.nolabel.runtime.kernels.onednn;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** What kernels multiply; they add up in float32. */
public enum Arithmetic {
  FP32,
  BF16;

  /** Bytes that a cache's places repeat after. */
  private static final long PAGE = 4096;

  private static final long LINE = 64;

  public memory.data_type type() {
    return this == BF16 ? memory.data_type.bf16 : memory.data_type.f32;
  }

  /** Tensors in this order of axes. */
  public memory.desc strided(List<Long> extents, List<Long> strides) {
    return new memory.desc(OneDnn.list(extents), type(), OneDnn.list(strides));
  }

  /** Row by row. */
  public memory.desc rows(long rows, long columns) {
    return strided(List.of(rows, columns), List.of(columns, 1L));
  }

  /** Rows that are {@link #staggered}. */
  public memory.desc staggeredRows(long rows, long columns) {
    return strided(List.of(rows, columns), List.of(staggered(columns), 1L));
  }

  /** Matrices that are {@link #staggered}, each row by row. */
  public memory.desc staggeredMatrices(long count, long rows, long columns) {
    return strided(List.of(count, rows, columns), List.of(staggered(rows * columns), columns, 1L));
  }

  /**
   * From where so many numbers begin to where the next ones do. A core's cache has few places for
   * what lies whole pages apart, so that such numbers begin a line later.
   */
  public long staggered(long numbers) {
    return bytes(numbers) % PAGE == 0 ? numbers + LINE / bytes(1) : numbers;
  }

  /** From this element on. */
  public Pointer at(Pointer begin, long element) {
    return new BytePointer(begin).getPointer(bytes(element));
  }

  public long bytes(long elements) {
    return elements * memory.data_type_size(type());
  }

  /** Why bf16 is not quick here; empty if the processor has instructions for it. */
  public static Optional<String> obstacle() {
    return has(dnnl.dnnl_cpu_isa_avx512_core_bf16)
        ? Optional.empty()
        : Optional.of("this processor has neither AVX-512 BF16 nor AMX");
  }

  /** Whether the processor multiplies whole matrices of such numbers in one instruction. */
  public boolean isOfMatrices() {
    return this == BF16 && has(dnnl.dnnl_cpu_isa_avx512_core_amx);
  }

  private static boolean has(int instructions) {
    return (dnnl.dnnl_get_effective_cpu_isa() & instructions) == instructions;
  }
}
