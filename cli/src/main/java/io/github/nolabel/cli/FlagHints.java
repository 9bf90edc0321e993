package io.github.nolabel.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The libraries' messages name options and objects; here the flags that set them are added. */
final class FlagHints {

  private static final Map<String, String> FLAGS = new LinkedHashMap<>();

  static {
    FLAGS.put("choose another folder", "--out");
    FLAGS.put("Choose another folder", "--out");
    FLAGS.put("anew in another folder", "--out");
    FLAGS.put("Resume it", "--resume");
    FLAGS.put("raise the fraction", "--fraction");
    FLAGS.put("choose the protocol", "--protocol");
    FLAGS.put("The plan", "--config");
    FLAGS.put("An option is set as NAME=VALUE", "--set");
    FLAGS.put("A sweep is written", "--sweep");
    FLAGS.put("A log is named", "--log-to");
    FLAGS.put("Without this log", "--log-to");
    FLAGS.put("(backbone.weights", "--weights");
    FLAGS.put("(backbone.featureOutput", "--feature-output");
    FLAGS.put("Choose the imageSize", "--image-size");
    FLAGS.put("Is imageSize", "--image-size");
    FLAGS.put("take what fits", "--set");
    FLAGS.put("Export the backbone instead", "--output");
    FLAGS.put("keep fewer checkpoints (checkpoint.keep=1", "--set");
  }

  private static final Pattern ACCUMULATED =
      Pattern.compile("with batchSize=(\\d+) and optimizer\\.accumulate=(\\d+)");
  private static final Pattern SMALLER_BATCH = Pattern.compile("set batchSize=(\\d+)");
  private static final Pattern OPTIONS_OF = Pattern.compile("Options of ([a-z0-9-]+): [^.]*\\.");

  private FlagHints() {}

  /** The message, each known remedy with its flag or command. */
  static String added(String message) {
    String hinted = message;
    for (Map.Entry<String, String> flag : FLAGS.entrySet()) {
      hinted = hinted.replace(flag.getKey(), with(flag.getKey(), flag.getValue()));
    }
    hinted =
        ACCUMULATED
            .matcher(hinted)
            .replaceAll("with --batch-size $1 --set optimizer.accumulate=$2");
    hinted = SMALLER_BATCH.matcher(hinted).replaceAll("set --batch-size $1");
    return OPTIONS_OF.matcher(hinted).replaceFirst("$0 See also: nolabel methods $1.");
  }

  private static String with(String remedy, String flag) {
    int parenthesis = remedy.indexOf('(');
    return parenthesis < 0
        ? "%s (%s)".formatted(remedy, flag)
        : remedy.substring(0, parenthesis + 1) + flag + " " + remedy.substring(parenthesis + 1);
  }
}
