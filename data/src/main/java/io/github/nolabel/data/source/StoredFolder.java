package io.github.nolabel.data.source;

import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import java.util.List;

/** Gives the files of a folder the meaning that {@code folder:} gives them, wherever it lies. */
public final class StoredFolder {

  private StoredFolder() {}

  /**
   * Images with the labels that their folders name and the captions beside them, sorted by path;
   * {@code split} counts. Hidden files are left out. Captions are read now, and a few images for
   * the fingerprint; the others when they are asked for.
   *
   * @param files in any order
   * @throws io.github.nolabel.api.UserMistake if none is an image, or there is no such split
   */
  public static SourceImages arrange(
      SourceAddress address, List<StoredFile> files, SourceContext context) {
    FolderFiles found =
        FolderFiles.of(
            address.text(), files.stream().filter(file -> !TarWalk.isHidden(file.path())).toList());
    List<ImageFile> images = found.images();
    found.requireImages(address, images, found.others());
    found.tell(found.others(), context.notices());
    return FolderLayout.arrange(
        address, images, FileFingerprint.spotted(images), context.notices());
  }
}
