package io.github.nolabel.data.decode;

import io.github.nolabel.data.BrokenImageException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Notices when a reader made up the missing end of a file. */
final class ReadWarnings implements IIOReadWarningListener {

  private String truncation = "";

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    String lower = warning.toLowerCase(Locale.ROOT);
    if (lower.contains("truncated") || lower.contains("premature")) {
      truncation = warning;
    }
  }

  void check(String name) {
    if (!truncation.isEmpty()) {
      throw new BrokenImageException(
          "'%s' is cut off: its end is missing (%s).".formatted(name, truncation));
    }
  }
}
