package io.github.nolabel.spark.source;

import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.SourceProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code parquet:PATH}: encoded images in the rows of Parquet files, perhaps with captions. */
public final class ParquetSource implements SourceProvider {

  static final String SUFFIX = ".parquet";

  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public String usage() {
    return "parquet:PATH[?split=NAME&image=COLUMN&caption=COLUMN&label=COLUMN&scratch=GB]";
  }

  @Override
  public String summary() {
    return "Images, captions and labels in the columns of Parquet files, here or where Hadoop finds"
        + " them";
  }

  @Override
  public List<String> keys() {
    return List.of("split", "image", "caption", "label", RowCopies.KEY);
  }

  @Override
  public boolean recognises(Path path) {
    return Files.isRegularFile(path)
        && String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(SUFFIX);
  }

  @Override
  public SourceImages read(SourceAddress address, SourceContext context) {
    return HadoopClasses.needed(address, () -> ParquetFolder.read(address, context));
  }
}
