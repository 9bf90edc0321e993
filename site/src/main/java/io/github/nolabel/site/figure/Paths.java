package io.github.nolabel.site.figure;

import java.util.regex.Pattern;

/** Which block a value belongs to, by its path. */
final class Paths {

  /** Layers within a backbone or a head; their blocks are told by what is above them. */
  private static final Pattern INSIDE =
      Pattern.compile("stage_\\d+|layer_\\d+|blocks|embeddings|norm|patches|\\d+");

  private static final Pattern WATCHING = Pattern.compile("(monitor|watch)/.*");

  private static final String INPUT = "input/";

  private Paths() {}

  /** The block of an input: no network has such a path. */
  static String input(String name) {
    return INPUT + name;
  }

  static boolean isInput(String block) {
    return block.startsWith(INPUT);
  }

  /** The block's name as it is read. */
  static String label(String block) {
    return isInput(block) ? block.substring(INPUT.length()) : block;
  }

  /** Numbers that are only reported: they take no part in learning. */
  static boolean isWatching(String value) {
    return WATCHING.matcher(value).matches();
  }

  static String block(String value) {
    String[] parts = value.split("/", -1);
    boolean deep = parts.length > 2 && !INSIDE.matcher(parts[1]).matches();
    return deep && !parts[0].equals("frozen") ? parts[0] + "/" + parts[1] : parts[0];
  }
}
