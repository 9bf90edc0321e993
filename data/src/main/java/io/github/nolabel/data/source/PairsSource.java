package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.SourceProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code pairs:FILE}: a table of image paths and captions. */
public final class PairsSource implements SourceProvider {

  private static final List<String> LINES = List.of(".jsonl", ".ndjson");

  @Override
  public String name() {
    return "pairs";
  }

  @Override
  public String usage() {
    return "pairs:FILE[?image=COLUMN&caption=COLUMN&regions=FOLDER]";
  }

  @Override
  public String summary() {
    return "Images with captions, listed in a CSV, TSV or JSONL file";
  }

  @Override
  public List<String> keys() {
    return List.of("image", "caption", RegionFiles.KEY);
  }

  @Override
  public boolean recognises(Path path) {
    return Files.isRegularFile(path)
        && Stream.of(".csv", ".tsv", ".jsonl", ".ndjson").anyMatch(lower(path)::endsWith);
  }

  @Override
  public SourceImages read(SourceAddress address, SourceContext context) {
    Path file = address.existing();
    if (!recognises(file)) {
      throw new UserMistake(
          "Data source '%s': '%s' is %s, expected a .csv, .tsv or .jsonl file with an image and a"
                  .formatted(
                      address.text(),
                      address.path(),
                      Files.isDirectory(file) ? "a folder" : "another kind of file")
              + " caption per row. For a folder of images write folder:PATH.");
    }
    Path folder = file.toAbsolutePath().resolveSibling("");
    CaptionTable table = new CaptionTable(address.text(), file, folder);
    fill(address, file, table);
    return table.images(RegionFiles.of(address, folder), context);
  }

  private static void fill(SourceAddress address, Path file, CaptionTable table) {
    CaptionColumns columns = CaptionColumns.of(address);
    String name = address.path();
    try (BufferedReader reader = Utf8File.open(file)) {
      if (LINES.stream().anyMatch(lower(file)::endsWith)) {
        new JsonRows(columns, table, name).read(reader);
      } else {
        new DelimitedRows(columns, table, name)
            .read(reader, lower(file).endsWith(".tsv") ? '\t' : ',');
      }
    } catch (CharacterCodingException e) {
      throw Utf8File.notUtf8(address.text(), file, e);
    } catch (IOException e) {
      throw new UserMistake(
          "Data source '%s': cannot read '%s': %s.".formatted(address.text(), name, e.getMessage()),
          e);
    }
  }

  private static String lower(Path path) {
    return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
  }
}
