package io.github.nolabel.data.decode;

import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;

/** How a camera was held, read from a file's EXIF block; anything odd counts as upright. */
final class ExifOrientation {

  static final int UPRIGHT = 1;

  private ExifOrientation() {}

  /** 1 to 8 as in the EXIF standard. */
  static int of(ImageFormat format, byte[] file) {
    try {
      byte[] exif = ExifBlock.of(format, file);
      return exif.length == 0 ? UPRIGHT : inTiff(exif);
    } catch (IOException | RuntimeException | StackOverflowError damaged) {
      // The library follows nested directories as deep as the file says.
      return UPRIGHT;
    }
  }

  private static int inTiff(byte[] tiff) throws IOException {
    Directory all = new TIFFReader().read(new ByteArrayImageInputStream(tiff));
    // The later directories describe thumbnails.
    Directory image = all instanceof CompoundDirectory chain ? chain.getDirectory(0) : all;
    Entry entry = image.getEntryById(TIFF.TAG_ORIENTATION);
    return entry != null && entry.getValue() instanceof Number number ? valid(number) : UPRIGHT;
  }

  private static int valid(Number number) {
    long value = number.longValue();
    return value >= 1 && value <= 8 ? (int) value : UPRIGHT;
  }
}
