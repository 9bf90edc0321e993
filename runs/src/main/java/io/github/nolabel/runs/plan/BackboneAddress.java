package io.github.nolabel.runs.plan;

import io.github.nolabel.api.option.Suggestions;
import java.util.ArrayList;
import java.util.List;

/** A backbone with its file, as in {@code onnx:model.onnx}. */
public final class BackboneAddress {

  private BackboneAddress() {}

  /** The part before the colon. */
  public static String kind(String address) {
    int colon = address.indexOf(':');
    return colon < 0 ? address : address.substring(0, colon);
  }

  /**
   * A layer in which each address is a name, and the one that counts has its file as an option.
   *
   * @param counting the address that wins over all others
   */
  static List<Assignment> spelledOut(List<Assignment> layer, String counting) {
    List<Assignment> plain = new ArrayList<>();
    for (Assignment assignment : layer) {
      String value = assignment.value();
      if (!namesBackbone(assignment) || !value.contains(":")) {
        plain.add(assignment);
        continue;
      }
      plain.add(new Assignment(assignment.name(), kind(value), assignment.origin()));
      if (value.equals(counting)) {
        String file = value.substring(value.indexOf(':') + 1);
        plain.add(new Assignment("backbone.file", file, assignment.origin()));
      }
    }
    return plain;
  }

  private static boolean namesBackbone(Assignment assignment) {
    return List.of("backbone", "runbackbone", "backbonename")
        .contains(Suggestions.fold(assignment.name()));
  }
}
