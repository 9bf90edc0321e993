package io.github.nolabel.runtime.kernels;

/** Computes one node of a session. */
@FunctionalInterface
interface Kernel {

  /**
   * @throws RuntimeException whose message goes on after the node's name
   */
  void compute(KernelCall call);
}
