package io.github.nolabel.runtime.kernels.node;

/** Computes one node of a session. */
@FunctionalInterface
public interface Kernel {

  /**
   * @throws RuntimeException whose message goes on after the node's name
   */
  void compute(KernelCall call);
}
