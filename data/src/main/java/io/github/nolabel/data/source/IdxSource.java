package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.SourceProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code idx:PATH}: MNIST, Fashion-MNIST and their kind. */
public final class IdxSource implements SourceProvider {

  private static final Pattern TRAIN = Pattern.compile("train-images[-.]idx3-ubyte(\\.gz)?");
  private static final Pattern TEST = Pattern.compile("(t10k|test)-images[-.]idx3-ubyte(\\.gz)?");

  @Override
  public String name() {
    return "idx";
  }

  @Override
  public String usage() {
    return "idx:PATH";
  }

  @Override
  public String summary() {
    return "MNIST or Fashion-MNIST: the folder with train-images-idx3-ubyte, .gz or not";
  }

  @Override
  public List<String> keys() {
    return List.of();
  }

  @Override
  public boolean recognises(Path path) {
    try {
      return Files.isDirectory(path) && find(path, TRAIN).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public SourceImages read(SourceAddress address, SourceContext context) {
    Path folder = address.existing();
    try {
      Path train =
          (Files.isDirectory(folder) ? find(folder, TRAIN) : Optional.<Path>empty())
              .orElseThrow(() -> absent(address));
      Optional<Path> test = find(folder, TEST);
      return IdxImages.split(file(train), test.map(IdxSource::file));
    } catch (IOException e) {
      throw new UserMistake(
          "Data source '%s': cannot read the folder: %s.".formatted(address.text(), e.getMessage()),
          e);
    }
  }

  private static UserMistake absent(SourceAddress address) {
    return new UserMistake(
        "Data source '%s': no train-images-idx3-ubyte or train-images-idx3-ubyte.gz in '%s'. Name"
                .formatted(address.text(), address.path())
            + " the folder that holds it.");
  }

  private static Optional<Path> find(Path folder, Pattern name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> name.matcher(String.valueOf(file.getFileName())).matches())
          .min(Path::compareTo);
    }
  }

  private static IdxImages file(Path file) {
    IdxArray pixels = IdxArray.read(file, 3);
    return new IdxImages(
        String.valueOf(file.getFileName()), pixels, labels(file, pixels.extent(0)));
  }

  /** The labels beside the images, if there are any. */
  private static Optional<IdxArray> labels(Path images, int count) {
    String name = String.valueOf(images.getFileName());
    String stem = name.substring(0, name.indexOf("-images"));
    return Stream.of("-labels-idx1-ubyte", "-labels.idx1-ubyte")
        .flatMap(suffix -> Stream.of(suffix, suffix + ".gz"))
        .map(suffix -> images.resolveSibling(stem + suffix))
        .filter(Files::isRegularFile)
        .findFirst()
        .map(file -> checked(file, IdxArray.read(file, 1), count, name));
  }

  private static IdxArray checked(Path file, IdxArray labels, int count, String images) {
    if (labels.extent(0) != count) {
      throw new UserMistake(
          "'%s' holds %,d labels, but %s holds %,d images."
              .formatted(file, labels.extent(0), images, count));
    }
    return labels;
  }
}
