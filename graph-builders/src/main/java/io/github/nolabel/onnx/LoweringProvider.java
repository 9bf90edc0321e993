package io.github.nolabel.onnx;

/**
 * Adds rows to the lowering table; found by {@link java.util.ServiceLoader}. An operator without a
 * row is written as the ONNX operator of the same name, inputs and attributes.
 */
public interface LoweringProvider {

  void addTo(LoweringTable.Builder table);
}
