package io.github.nolabel.fragment.text;

import io.github.nolabel.api.option.NamedServices;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The networks that read texts, by name. */
public final class TextEncoders {

  private TextEncoders() {}

  /** This library's, and those of plug-ins that its class loader sees. */
  public static NamedServices<TextEncoderProvider> all() {
    return all(TextEncoders.class.getClassLoader());
  }

  /** This library's, and those of plug-ins that {@code loader} sees. */
  public static NamedServices<TextEncoderProvider> all(ClassLoader loader) {
    List<TextEncoderProvider> all = new ArrayList<>(ShippedTextEncoder.ALL);
    ServiceLoader.load(TextEncoderProvider.class, loader).forEach(all::add);
    return NamedServices.index("text network", all);
  }
}
