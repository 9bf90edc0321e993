package io.github.nolabel.spark.source;

import io.github.nolabel.data.SourceAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What rows are called that have no path: by their file and their number in it, so that their order
 * is that of the files. Where files are of different splits, that is a folder above them: what
 * stands before the first dash, as in {@code train-00000-of-00002.parquet}, or the first folder.
 *
 * @param first number of the first row of each group in its file
 * @param digits of the number of rows in a file, so that names sort as numbers
 */
record RowNames(
    List<RowGroup> groups, boolean split, List<Integer> first, Map<String, Integer> digits) {

  private static final Set<String> TRAIN = Set.of("train", "training");

  static RowNames of(SourceAddress address, List<RowGroup> groups) {
    Map<String, Integer> rows = new HashMap<>();
    List<Integer> first =
        groups.stream()
            .map(
                group ->
                    rows.merge(group.file().name(), group.words().size(), Integer::sum)
                        - group.words().size())
            .toList();
    rows.replaceAll((file, count) -> Integer.toString(count).length());
    Set<String> splits =
        groups.stream().map(group -> split(group.file().name())).collect(Collectors.toSet());
    boolean split =
        address.option("split").isPresent()
            || (splits.size() > 1 && splits.stream().anyMatch(TRAIN::contains));
    return new RowNames(groups, split, first, rows);
  }

  private static String split(String file) {
    int slash = file.indexOf('/');
    int dash = file.indexOf('-');
    return slash >= 0 ? file.substring(0, slash) : dash < 0 ? file : file.substring(0, dash);
  }

  String of(int group, int row) {
    String file = groups.get(group).file().name();
    String number = Integer.toString(first.get(group) + row);
    int zeros = digits.getOrDefault(file, 1) - number.length();
    String name = file.replace('/', ' ') + " row " + "0".repeat(Math.max(0, zeros)) + number;
    return split ? split(file) + "/" + name : name;
  }
}
