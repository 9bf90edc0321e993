package io.github.nolabel.cli;

import io.github.nolabel.api.option.Suggestions;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/** Accepts {@code --batch_size} and {@code --batchSize} for {@code --batch-size}. */
final class Spelling {

  private Spelling() {}

  static String[] unified(String[] args, CommandLine commands) {
    Map<String, String> known = new TreeMap<>();
    commands.getSubcommands().values().forEach(command -> addFlags(command, known));
    String[] unified = args.clone();
    for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
      int equals = args[i].indexOf('=');
      String flag = equals < 0 ? args[i] : args[i].substring(0, equals);
      String value = equals < 0 ? "" : args[i].substring(equals);
      if (flag.startsWith("--")) {
        unified[i] = known.getOrDefault(Suggestions.fold(flag), flag) + value;
      }
    }
    return unified;
  }

  private static void addFlags(CommandLine command, Map<String, String> known) {
    command
        .getCommandSpec()
        .optionsMap()
        .keySet()
        .forEach(
            name -> {
              if (name.startsWith("--")) {
                known.put(Suggestions.fold(name), name);
              }
            });
  }
}
