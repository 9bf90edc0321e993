package io.github.nolabel.runtime.kernels.node;

import java.util.Set;

/**
 * An operator that has kernels here.
 *
 * @param domain empty for ONNX's own
 * @param inputs how many, and how many of them are needed
 * @param outputs how many, and how many of them are needed
 * @param maps which inputs and outputs are in the kernels' layout and numbers: feature maps, or
 *     what lies between products
 * @param updating whether outputs 1 and 2 overwrite inputs 3 and 4, which are statistics
 */
public record Operator(
    String domain,
    String name,
    Count inputs,
    Count outputs,
    Maps maps,
    boolean updating,
    Maker maker) {

  /** An operator that overwrites nothing. */
  public Operator(String domain, String name, Count inputs, Count outputs, Maps maps, Maker maker) {
    this(domain, name, inputs, outputs, maps, false, maker);
  }

  /** An operator whose tensors lie as ONNX has them. */
  public static Operator plain(
      String domain, String name, Count inputs, Count outputs, Maker maker) {
    return new Operator(domain, name, inputs, outputs, Maps.NONE, maker);
  }

  /** The same one, which overwrites statistics. */
  public Operator updatingStatistics() {
    return new Operator(domain, name, inputs, outputs, maps, true, maker);
  }

  /**
   * @param required the first ones; the others may be left out
   * @param repeated whether as many as one likes may stand in the place of the last
   */
  public record Count(int all, int required, boolean repeated) {

    /** One at least, and as many as one likes. */
    public static final Count MANY = new Count(1, 1, true);

    public static Count of(int all, int required) {
      return new Count(all, required, false);
    }
  }

  /** Which inputs and outputs are in the kernels' own layout and numbers. */
  public record Maps(Set<Integer> inputs, Set<Integer> outputs) {
    public static final Maps NONE = new Maps(Set.of(), Set.of());
  }

  /** From a node to its kernel. */
  @FunctionalInterface
  public interface Maker {
    Kernel make(NodeAttributes node, Workplace place);
  }

  /** Whether some of its tensors lie in the kernels' layout. */
  public boolean onMaps() {
    return !maps.equals(Maps.NONE);
  }
}
