package io.github.nolabel.data.decode;

import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.Reduction;
import io.github.nolabel.data.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG, JPEG, WebP, BMP and GIF (its first picture) to RGB: grey becomes three equal
 * channels, 16 bits become 8, transparency is laid on white, palettes and CMYK are resolved, images
 * are turned as their EXIF block says. Size is checked before anything is decoded.
 */
public final class ImageDecoder {

  /** More pixels than any camera's picture; a file that claims more is refused. */
  public static final long LARGEST_PIXELS = 200_000_000;

  private ImageDecoder() {}

  /** Whether the file's name ends like an image's. */
  public static boolean isImageName(String fileName) {
    return ImageFormat.hasSuffix(fileName);
  }

  /**
   * Decodes a whole file.
   *
   * @param name of the file, for messages
   * @throws BrokenImageException if it is no image, damaged, of an unsupported kind or too large
   */
  public static RgbImage decode(String name, byte[] file) {
    return decode(name, file, Reduction.NONE);
  }

  /**
   * Decodes a file, an ordinary JPEG file at the smallest size that is allowed; pictures of other
   * kinds, and all of them where libjpeg-turbo is missing, stay whole.
   *
   * @param name of the file, for messages
   * @throws BrokenImageException if it is no image, damaged, of an unsupported kind or too large
   */
  public static RgbImage decode(String name, byte[] file, Reduction reduction) {
    ImageFormat format =
        ImageFormat.of(file).orElseThrow(() -> new BrokenImageException(unread(name, file)));
    return guarded(name, format.toString(), () -> upright(name, file, format, reduction));
  }

  /**
   * The pixels of a picture in memory, by the same rules as those of a file.
   *
   * @param name of the picture, for messages
   * @throws BrokenImageException if it is too large or of an unsupported kind
   */
  public static RgbImage pixels(String name, BufferedImage image) {
    ImageSize.check(name, image.getWidth(), image.getHeight());
    return guarded(name, "RGB", () -> RgbPixels.of(image));
  }

  /** Whatever an image provokes, it is the image that is broken. */
  private static RgbImage guarded(String name, String as, Callable<RgbImage> decoding) {
    try {
      return decoding.call();
    } catch (BrokenImageException e) {
      throw e;
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      throw new BrokenImageException(
          "'%s' cannot be decoded as %s: it is damaged or of an unsupported kind (%s)."
              .formatted(name, as, e.getMessage() == null ? e : e.getMessage()),
          e);
    }
  }

  private static RgbImage upright(String name, byte[] file, ImageFormat format, Reduction reduction)
      throws IOException {
    checkLength(name, file, format);
    int orientation = ExifOrientation.of(format, file);
    Optional<RgbImage> soon =
        format == ImageFormat.JPEG
            ? ordinary(name, file, orientation, reduction)
            : Optional.empty();
    return soon.isPresent()
        ? soon.get()
        : Orientations.upright(decode(name, plain(file, format), format), orientation);
  }

  /** What libjpeg-turbo makes of an ordinary JPEG file; empty if Java's reader has to see it. */
  private static Optional<RgbImage> ordinary(
      String name, byte[] file, int orientation, Reduction reduction) {
    Optional<JpegHeader> header = JpegHeader.of(file).filter(JpegHeader::ordinary);
    header.ifPresent(size -> ImageSize.check(name, size.width(), size.height()));
    return header.flatMap(size -> reduced(file, size, orientation, reduction));
  }

  private static Optional<RgbImage> reduced(
      byte[] file, JpegHeader size, int orientation, Reduction reduction) {
    boolean lying = Orientations.isLying(orientation);
    int divisor =
        lying
            ? reduction.divisor(size.height(), size.width())
            : reduction.divisor(size.width(), size.height());
    return NativeJpeg.decode(file, divisor)
        .map(
            image ->
                Orientations.upright(image, orientation)
                    .at(Orientations.upright(size.scale(divisor), orientation)));
  }

  private static byte[] plain(byte[] file, ImageFormat format) {
    return format == ImageFormat.JPEG ? JpegProfile.without(file) : file;
  }

  private static void checkLength(String name, byte[] file, ImageFormat format) {
    if (format == ImageFormat.WEBP) {
      RiffLength.check(name, file);
    } else if (format == ImageFormat.BMP) {
      BmpLength.check(name, file);
    }
  }

  private static RgbImage decode(String name, byte[] file, ImageFormat format) throws IOException {
    ImageReader reader = reader(name, format);
    try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      ReadWarnings warnings = new ReadWarnings();
      reader.addIIOReadWarningListener(warnings);
      reader.setInput(input, true, format != ImageFormat.GIF);
      ImageSize.check(name, reader.getWidth(0), reader.getHeight(0));
      RgbImage first = pixels(name, reader, warnings, format);
      Optional<Screen> screen = screen(reader, file, format);
      return screen.isPresent() ? onScreen(name, screen.get(), first) : first;
    } finally {
      reader.dispose();
    }
  }

  private static Optional<Screen> screen(ImageReader reader, byte[] file, ImageFormat format)
      throws IOException {
    return switch (format) {
      case GIF -> Optional.of(Screen.ofGif(reader));
      case WEBP -> Screen.ofWebp(file);
      case PNG, JPEG, BMP -> Optional.empty();
    };
  }

  private static RgbImage onScreen(String name, Screen screen, RgbImage first) throws IOException {
    ImageSize.check(name, screen.width(), screen.height());
    return screen.around(first);
  }

  private static RgbImage pixels(
      String name, ImageReader reader, ReadWarnings warnings, ImageFormat format)
      throws IOException {
    BufferedImage decoded = reader.read(0);
    warnings.check(name);
    return RgbPixels.of(format == ImageFormat.GIF ? GifColours.of(reader, decoded) : decoded);
  }

  private static ImageReader reader(String name, ImageFormat format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.readerName());
    if (!readers.hasNext()) {
      throw new BrokenImageException(
          "'%s': no reader for %s images is on the class path.".formatted(name, format));
    }
    return readers.next();
  }

  private static String unread(String name, byte[] file) {
    return UnreadFormat.of(file)
        .map(
            format ->
                "'%s' is an image of the format %s, which is not read: convert it to PNG, JPEG or WebP."
                    .formatted(name, format.title()))
        .or(() -> NoImage.told(file).map(told -> "'%s' is %s.".formatted(name, told)))
        .orElseGet(
            () ->
                "'%s' is no PNG, JPEG, WebP, BMP or GIF image: it starts with %s."
                    .formatted(name, firstBytes(file)));
  }

  private static String firstBytes(byte[] file) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < Math.min(4, file.length); i++) {
      bytes.append(String.format(Locale.ROOT, "%02x ", file[i] & 0xff));
    }
    return file.length == 0 ? "nothing, it is empty" : bytes.toString().strip();
  }
}
