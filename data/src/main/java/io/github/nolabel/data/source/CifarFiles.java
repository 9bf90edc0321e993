package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SplitImages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes data sets of the contents of CIFAR's binary files. */
final class CifarFiles {

  private final SourceAddress address;
  private final CifarFormat format;
  private final Map<String, byte[]> files;
  private final List<String> labelNames;

  /**
   * @param files contents by plain file name
   */
  CifarFiles(SourceAddress address, CifarFormat format, Map<String, byte[]> files) {
    this.address = address;
    this.format = format;
    this.files = files;
    this.labelNames = labelNames();
  }

  /** Whichever training batches are there are used; the test file may be missing. */
  SplitImages split() {
    List<String> train = format.train().stream().filter(files::containsKey).toList();
    if (train.isEmpty()) {
      throw new UserMistake(
          "Data source '%s': no %s in '%s'.%s"
              .formatted(
                  address.text(), String.join(" or ", format.train()), address.path(), hint()));
    }
    Optional<ImageDataset> test =
        files.containsKey(format.test())
            ? Optional.of(images(List.of(format.test())))
            : Optional.empty();
    Fingerprint fingerprint = new Fingerprint();
    train.forEach(name -> fingerprint.add(content(name)));
    return new SplitImages(images(train), test, fingerprint.hex());
  }

  private String hint() {
    return files.containsKey("data_batch_1") || files.containsKey("train")
        ? " These are the files of the Python version: get the binary version."
        : " Expected the folder or the .tar.gz of the binary version.";
  }

  private ImageDataset images(List<String> names) {
    List<RgbImage> images = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (String name : names) {
      byte[] content = checked(name);
      for (int at = 0; at < content.length; at += format.recordBytes()) {
        labels.add(label(name, content, at));
        images.add(image(content, at + format.labelBytes()));
      }
    }
    return new StoredImages(
        String.join(", ", names),
        images,
        labels.stream().mapToInt(Integer::intValue).toArray(),
        labelNames);
  }

  private byte[] checked(String name) {
    byte[] content = content(name);
    if (content.length == 0 || content.length % format.recordBytes() != 0) {
      throw new UserMistake(
          "Data source '%s': %s has %,d bytes, expected a multiple of %,d (%d label bytes and 32 x"
                  .formatted(
                      address.text(),
                      name,
                      content.length,
                      format.recordBytes(),
                      format.labelBytes())
              + " 32 x 3). Is the file cut off, or of another data set?");
    }
    return content;
  }

  private byte[] content(String name) {
    return files.getOrDefault(name, new byte[0]);
  }

  private int label(String name, byte[] content, int at) {
    int label = content[at + format.labelByte()] & 0xff;
    if (label >= format.classes()) {
      throw new UserMistake(
          "Data source '%s': image %d of %s has label %d, expected 0 to %d. Is it of another data"
                  .formatted(
                      address.text(), at / format.recordBytes(), name, label, format.classes() - 1)
              + " set?");
    }
    return label;
  }

  private static RgbImage image(byte[] content, int from) {
    byte[] rgb = new byte[3 * CifarFormat.AREA];
    for (int pixel = 0, to = 0; pixel < CifarFormat.AREA; pixel++) {
      rgb[to++] = content[from + pixel];
      rgb[to++] = content[from + CifarFormat.AREA + pixel];
      rgb[to++] = content[from + 2 * CifarFormat.AREA + pixel];
    }
    return RgbImage.of(CifarFormat.SIDE, CifarFormat.SIDE, rgb);
  }

  private List<String> labelNames() {
    byte[] text = files.get(format.namesFile());
    if (text == null) {
      return format.defaultNames();
    }
    List<String> names =
        new String(text, StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    return names.size() == format.classes() ? names : format.defaultNames();
  }
}
