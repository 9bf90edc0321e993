package io.github.nolabel.data.decode;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The image formats that can be read, told by a file's first bytes. */
enum ImageFormat {
  PNG("png", "\u0089PNG"),
  JPEG("jpeg", "\u00ff\u00d8\u00ff"),
  GIF("gif", "GIF8"),
  BMP("bmp", "BM"),
  WEBP("webp", "RIFF");

  private static final List<String> SUFFIXES =
      List.of(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".bmp", ".webp");

  private final String readerName;
  private final String magic;

  ImageFormat(String readerName, String magic) {
    this.readerName = readerName;
    this.magic = magic;
  }

  static Optional<ImageFormat> of(byte[] file) {
    return Arrays.stream(values()).filter(format -> format.matches(file)).findFirst();
  }

  static boolean hasSuffix(String fileName) {
    String lower = fileName.toLowerCase(Locale.ROOT);
    return SUFFIXES.stream().anyMatch(lower::endsWith);
  }

  String readerName() {
    return readerName;
  }

  private boolean matches(byte[] file) {
    for (int i = 0; i < magic.length(); i++) {
      if (i >= file.length || (file[i] & 0xff) != magic.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
