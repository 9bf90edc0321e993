package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.SourceProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code tar:PATH}: images in a tar archive, in class folders or as WebDataset pairs. */
public final class TarSource implements SourceProvider {

  @Override
  public String name() {
    return "tar";
  }

  @Override
  public String usage() {
    return "tar:PATH[?split=NAME]";
  }

  @Override
  public String summary() {
    return "Images in a tar or tar.gz archive: class folders, or key.jpg with key.cls, key.txt or"
        + " key.json";
  }

  @Override
  public List<String> keys() {
    return List.of("split");
  }

  @Override
  public boolean recognises(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return Files.isRegularFile(path)
        && Stream.of(".tar", ".tar.gz", ".tgz").anyMatch(name::endsWith);
  }

  @Override
  public SourceImages read(SourceAddress address, SourceContext context) {
    Path archive = address.existing();
    if (!Files.isRegularFile(archive)) {
      throw new UserMistake(
          "Data source '%s': '%s' is a folder, expected a tar archive. For a folder write folder:%s."
              .formatted(address.text(), address.path(), address.path()));
    }
    OtherArchive.refuse(address.text(), archive);
    UnpackedTar unpacked = UnpackedTar.of(address.text(), archive, context);
    List<ImageFile> images = SampleGroups.images(address.text(), unpacked);
    if (images.isEmpty()) {
      throw new UserMistake(
          "Data source '%s': no images among the %,d files of '%s'. Expected .png, .jpg, .webp, .bmp"
                  .formatted(address.text(), unpacked.files(), address.path())
              + " or .gif files.");
    }
    return FolderLayout.arrange(address, images, unpacked.fingerprint(), context.notices());
  }
}
