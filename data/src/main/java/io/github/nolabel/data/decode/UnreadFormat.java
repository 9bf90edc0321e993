package io.github.nolabel.data.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Image formats that people have and that are not read, told by name or by first bytes. */
public enum UnreadFormat {
  TIFF("TIFF", ".tif .tiff", 0, "II*\0|MM\0*|II+\0|MM\0+"),
  HEIC("HEIC", ".heic .heif .hif", 4, "ftyphe|ftypmif1|ftypmsf1"),
  AVIF("AVIF", ".avif", 4, "ftypavif|ftypavis"),
  JPEG_2000("JPEG 2000", ".jp2 .j2k .jpf .jpx", 0, "\0\0\0\fjP  |\u00ffO\u00ffQ"),
  JPEG_XL("JPEG XL", ".jxl", 0, "\0\0\0\fJXL |\u00ff\n"),
  PSD("Photoshop", ".psd .psb", 0, "8BPS"),
  CAMERA_RAW("camera raw", ".cr2 .cr3 .nef .arw .dng .orf .rw2 .raf", 4, "ftypcrx"),
  PNM("PNM", ".ppm .pgm .pbm .pnm .pam", 0, "P1\n|P2\n|P3\n|P4\n|P5\n|P6\n|P7\n|P5 |P6 "),
  ICON("Windows icon", ".ico .cur", 0, "\0\0\1\0"),
  TGA("TGA", ".tga", 0, "\0\0\2\0\0\0\0\0|\0\0\n\0\0\0\0\0"),
  DDS("DDS", ".dds", 0, "DDS "),
  QOI("QOI", ".qoi", 0, "qoif"),
  EXR("OpenEXR", ".exr", 0, "v/1\1"),
  RADIANCE("Radiance HDR", ".hdr", 0, "#?RADIANCE|#?RGBE"),
  PCX("PCX", ".pcx", 0, "\n\5\1\b"),
  ICNS("Apple icon", ".icns", 0, "icns"),
  MNG("MNG", ".mng .jng", 0, "\u008aMNG|\u008bJNG"),
  SVG("SVG", ".svg", 0, "<svg");

  private final String title;
  private final String suffixes;
  private final int offset;
  private final String magics;

  /**
   * @param suffixes with blanks between
   * @param offset of the bytes that tell
   * @param magics with bars between
   */
  UnreadFormat(String title, String suffixes, int offset, String magics) {
    this.title = title;
    this.suffixes = suffixes;
    this.offset = offset;
    this.magics = magics;
  }

  /** The format that a file's name ends like. */
  public static Optional<UnreadFormat> named(String fileName) {
    String lower = fileName.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> Stream.of(format.suffixes.split(" ", -1)).anyMatch(lower::endsWith))
        .findFirst();
  }

  /** The format that a file's content begins like. */
  static Optional<UnreadFormat> of(byte[] file) {
    if (isSvg(NoImage.start(file))) {
      return Optional.of(SVG);
    }
    int end = Math.min(file.length, 16);
    String start = new String(file, 0, end, StandardCharsets.ISO_8859_1);
    return Arrays.stream(values())
        .filter(
            format ->
                Stream.of(format.magics.split("\\|", -1))
                    .anyMatch(magic -> start.startsWith(magic, format.offset)))
        .findFirst();
  }

  private static boolean isSvg(String text) {
    return text.startsWith("<svg") || (text.matches("(?s)<[?!].*<svg\\b.*") && !isHtml(text));
  }

  private static boolean isHtml(String text) {
    return text.toLowerCase(Locale.ROOT).startsWith("<!doctype html");
  }

  /** As people call it. */
  public String title() {
    return title;
  }
}
