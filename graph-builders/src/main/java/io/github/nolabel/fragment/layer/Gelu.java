package io.github.nolabel.fragment.layer;

/** Which Gaussian error linear unit (Hendrycks and Gimpel 2016) blocks compute with. */
public enum Gelu {
  /** What the network's paper has. */
  OWN,
  /** {@code x Phi(x)} */
  GELU,
  /** {@code x sigmoid(1.702 x)} */
  QUICK_GELU;

  /** The activation, where {@code own} is what the network's paper has. */
  public Activation or(Activation own) {
    return switch (this) {
      case OWN -> own;
      case GELU -> Activation.GELU;
      case QUICK_GELU -> Activation.QUICK_GELU;
    };
  }
}
