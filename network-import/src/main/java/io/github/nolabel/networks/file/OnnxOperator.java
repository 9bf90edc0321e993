package io.github.nolabel.networks.file;

/**
 * What a node applies.
 *
 * @param domain empty for the standard operators
 * @param overload of a function; mostly empty
 */
public record OnnxOperator(String domain, String name, String overload) {

  public OnnxOperator {
    domain = domain.equals("ai.onnx") ? "" : domain;
  }

  public boolean isStandard() {
    return domain.isEmpty();
  }

  @Override
  public String toString() {
    return isStandard() ? name : domain + "." + name;
  }
}
