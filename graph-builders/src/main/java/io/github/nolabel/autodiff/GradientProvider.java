package io.github.nolabel.autodiff;

/** Adds rows to the gradient table; found by {@link java.util.ServiceLoader}. */
public interface GradientProvider {

  void addTo(GradientTable.Builder table);
}
