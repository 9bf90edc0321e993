package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.FileInput;
import io.github.nolabel.api.file.PathNames;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.SourceProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code coco:FILE}: captions in the JSON format of COCO. */
public final class CocoSource implements SourceProvider {

  @Override
  public String name() {
    return "coco";
  }

  @Override
  public String usage() {
    return "coco:FILE[?images=FOLDER&regions=FOLDER]";
  }

  @Override
  public String summary() {
    return "Images with captions, listed in a JSON file as COCO's captions_train2017.json is";
  }

  @Override
  public List<String> keys() {
    return List.of("images", RegionFiles.KEY);
  }

  @Override
  public boolean recognises(Path path) {
    return Files.isRegularFile(path)
        && String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(".json");
  }

  @Override
  public SourceImages read(SourceAddress address, SourceContext context) {
    Path file = address.existing();
    if (!Files.isRegularFile(file)) {
      throw new UserMistake(
          "Data source '%s': '%s' is a folder, expected a JSON file such as captions_train2017.json."
              .formatted(address.text(), address.path()));
    }
    Path folder = folder(address, file);
    CaptionTable table = new CaptionTable(address.text(), file, folder);
    try (InputStream input = FileInput.open(file)) {
      new CocoReader(address.text(), address.path()).read(input, table);
    } catch (IOException e) {
      throw new UserMistake(
          "Data source '%s': cannot read '%s': %s."
              .formatted(address.text(), address.path(), e.getMessage()),
          e);
    }
    return table.images(RegionFiles.of(address, folder), context);
  }

  private static Path folder(SourceAddress address, Path file) {
    Optional<String> written = address.option("images");
    if (written.isEmpty()) {
      return file.toAbsolutePath().resolveSibling("");
    }
    try {
      Path folder = Path.of(written.get());
      if (Files.isDirectory(folder)) {
        return folder;
      }
    } catch (InvalidPathException e) {
      throw new UserMistake("Data source '%s': %s".formatted(address.text(), PathNames.why(e)), e);
    }
    throw new UserMistake(
        "Data source '%s': images=%s is no folder (looked in %s). Expected the folder of the images."
            .formatted(address.text(), written.get(), Path.of("").toAbsolutePath()));
  }
}
