package io.github.nolabel.site.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A graph as {@code GraphPrinter} writes it, which is what the golden files of methods hold: the
 * build fails where such a file is not the method's graph.
 *
 * @param inputs names of what is fed, but scalars and masks, in order
 * @param parameters names of all tensors that last, each with whether it is trained
 * @param nodes in topological order
 * @param writes names of states that the method itself writes, with what they become
 * @param loss name of the loss
 */
record PrintedGraph(
    List<String> inputs,
    Map<String, Boolean> parameters,
    List<PrintedNode> nodes,
    Map<String, String> writes,
    String loss) {

  /** One operator with the names of what it reads and makes. */
  record PrintedNode(String op, List<String> inputs, List<String> outputs) {}

  private static final Pattern NAME = Pattern.compile("([^\\s,\\[\\]]+)\\[");
  private static final Pattern NODE = Pattern.compile("(.+?) = (\\w+)\\((.*?)\\)( \\{.*)?");

  static PrintedGraph parse(String text) {
    List<String> inputs = new ArrayList<>();
    Map<String, Boolean> parameters = new LinkedHashMap<>();
    List<PrintedNode> nodes = new ArrayList<>();
    Map<String, String> writes = new LinkedHashMap<>();
    String loss = "";
    for (String line : text.lines().toList()) {
      String rest = line.substring(10);
      switch (line.substring(0, 10).strip()) {
        case "input" -> addInput(inputs, rest);
        case "parameter" -> parameters.put(first(rest), true);
        case "state" -> parameters.put(first(rest), false);
        case "node" -> nodes.add(node(rest));
        case "write" -> writes.put(rest.split(" <- ", -1)[0], rest.split(" <- ", -1)[1]);
        default -> loss = rest.startsWith("loss = ") ? rest.substring(7) : loss;
      }
    }
    return new PrintedGraph(inputs, parameters, nodes, writes, loss);
  }

  private static void addInput(List<String> inputs, String line) {
    String name = line.substring(0, line.indexOf(' '));
    if (!line.endsWith("[]") && !name.endsWith("_mask")) {
      inputs.add(name);
    }
  }

  private static String first(String line) {
    return line.substring(0, line.indexOf('['));
  }

  private static PrintedNode node(String line) {
    Matcher parts = NODE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no node: " + line);
    }
    List<String> outputs =
        NAME.matcher(parts.group(1)).results().map(found -> found.group(1)).toList();
    String operands = parts.group(3);
    List<String> inputs = operands.isEmpty() ? List.of() : List.of(operands.split(", ", -1));
    return new PrintedNode(parts.group(2), inputs, outputs);
  }
}
