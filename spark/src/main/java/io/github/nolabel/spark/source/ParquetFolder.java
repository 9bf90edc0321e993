package io.github.nolabel.spark.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.source.FolderLayout;
import io.github.nolabel.data.source.ImageFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The Parquet files of a folder, or one alone: their footers and words are read at once. */
final class ParquetFolder {

  private ParquetFolder() {}

  static SourceImages read(SourceAddress address, SourceContext context) {
    HadoopPlace place = HadoopPlace.of(address);
    List<ParquetFile> files = files(place);
    List<RowGroup> groups = files.stream().flatMap(file -> file.groups(address).stream()).toList();
    Fingerprint fingerprint = new Fingerprint();
    groups.forEach(group -> group.addTo(fingerprint));
    String hex = fingerprint.hex();
    RowCopies copies = RowCopies.of(address, hex, groups, context.notices());
    List<ImageFile> images = images(address, groups, copies);
    if (images.isEmpty()) {
      throw new UserMistake(
          "Data source '%s': the %,d Parquet files in '%s' have no rows."
              .formatted(address.text(), files.size(), address.path()));
    }
    return FolderLayout.arrange(address, images, hex, context.notices());
  }

  private static List<ParquetFile> files(HadoopPlace place) {
    List<ParquetFile> files =
        place.files().stream()
            .filter(file -> place.root().isFile() || isMeant(place.name(file)))
            .map(file -> ParquetFile.of(place, file))
            .sorted(Comparator.comparing(ParquetFile::name))
            .toList();
    if (files.isEmpty()) {
      throw new UserMistake(
          "Data source '%s': no Parquet files in '%s'. Expected files called %s there or in sub-folders. For image files write hadoop:%s."
              .formatted(
                  place.address().text(),
                  place.address().path(),
                  "*" + ParquetSource.SUFFIX,
                  place.address().path()));
    }
    return files;
  }

  /** Neither hidden nor, as writers of tables mark it, unfinished. */
  private static boolean isMeant(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(ParquetSource.SUFFIX)
        && Stream.of(name.split("/"))
            .noneMatch(part -> part.startsWith(".") || part.startsWith("_"));
  }

  private static List<ImageFile> images(
      SourceAddress address, List<RowGroup> groups, RowCopies copies) {
    RowNames names = RowNames.of(address, groups);
    List<ImageFile> images = new ArrayList<>();
    for (int group = 0; group < groups.size(); group++) {
      List<RowWords.Row> words = groups.get(group).words();
      for (int row = 0; row < words.size(); row++) {
        String name = words.get(row).path().orElse(names.of(group, row));
        images.add(image(name, words.get(row), copies.image(group, row)));
      }
    }
    return images;
  }

  private static ImageFile image(String name, RowWords.Row words, ImageFile.Content content) {
    return new ImageFile(name, ImageFile.UNKNOWN, content, words.label(), words.captions());
  }
}
