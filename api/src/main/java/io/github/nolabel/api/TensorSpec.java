package io.github.nolabel.api;

/** A tensor's name, element type and shape, without its values. */
public record TensorSpec(String name, ElementType type, Shape shape) {

  public static TensorSpec floats(String name, Shape shape) {
    return new TensorSpec(name, ElementType.FLOAT, shape);
  }

  /** The same under another name. */
  public TensorSpec named(String newName) {
    return new TensorSpec(newName, type, shape);
  }

  @Override
  public String toString() {
    return "%s: %s%s".formatted(name, type.name().toLowerCase(java.util.Locale.ROOT), shape);
  }
}
