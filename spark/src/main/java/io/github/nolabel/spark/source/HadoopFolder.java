package io.github.nolabel.spark.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.source.StoredFile;
import io.github.nolabel.data.source.StoredFolder;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Image files, each read when it is asked for. */
final class HadoopFolder {

  private HadoopFolder() {}

  static SourceImages read(SourceAddress address, SourceContext context) {
    HadoopPlace place = HadoopPlace.of(address);
    if (place.root().isFile()) {
      throw new UserMistake(
          "Data source '%s': '%s' is a file, expected a folder of images.%s"
              .formatted(
                  address.text(),
                  address.path(),
                  address.path().endsWith(ParquetSource.SUFFIX)
                      ? " For a Parquet file write parquet:" + address.path() + "."
                      : ""));
    }
    List<StoredFile> files = place.files().stream().map(file -> stored(place, file)).toList();
    return StoredFolder.arrange(address, files, context);
  }

  private static StoredFile stored(HadoopPlace place, FileStatus file) {
    Path path = file.getPath();
    return new StoredFile(
        place.name(file), file.getLen(), () -> FarInput.open(place.system(), path));
  }
}
