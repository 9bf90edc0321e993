package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.SourceProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code folder:PATH}: image files, in class folders or not, perhaps with captions and region
 * features beside them.
 */
public final class FolderSource implements SourceProvider {

  @Override
  public String name() {
    return "folder";
  }

  @Override
  public String usage() {
    return "folder:PATH[?split=NAME&regions=FOLDER]";
  }

  @Override
  public String summary() {
    return "Image files (PNG, JPEG, WebP, BMP, GIF); sub-folders are classes, train/ and test/ a"
        + " split";
  }

  @Override
  public List<String> keys() {
    return List.of("split", RegionFiles.KEY);
  }

  @Override
  public boolean recognises(Path path) {
    return Files.isDirectory(path);
  }

  @Override
  public SourceImages read(SourceAddress address, SourceContext context) {
    Path root = address.existing();
    if (!Files.isDirectory(root)) {
      throw new UserMistake(
          "Data source '%s': '%s' is a file, expected a folder of images."
              .formatted(address.text(), address.path()));
    }
    FolderFiles files = FolderFiles.of(address.text(), root, context.notices());
    List<ImageFile> images = RegionFiles.of(address, root).attach(files.images(), context);
    long others = files.others() - RegionFiles.below(root, images);
    files.requireImages(address, images, others);
    files.tell(others, context.notices());
    return FolderLayout.arrange(address, images, FileFingerprint.of(images), context.notices());
  }
}
