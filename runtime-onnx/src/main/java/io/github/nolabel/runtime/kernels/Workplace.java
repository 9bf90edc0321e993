package io.github.nolabel.runtime.kernels;

/** What all kernels of a session have in common. */
record Workplace(KernelMemory memory, int threads, Arithmetic arithmetic) {

  /** Blocks that work is cut into: some more than threads, see {@link Passes#PER_THREAD}. */
  int blocks() {
    return threads * Passes.PER_THREAD;
  }

  Convolution convolution(ConvolutionShape shape, long images) {
    return new Convolution(shape, images, arithmetic);
  }
}
