package io.github.nolabel.networks.table;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.networks.table.TranslationTable.Rule;
import java.util.List;
import java.util.Optional;

/** Applies the row of an operator, or says why there is none. */
final class RowApplication {

  private static final String STOP_EARLIER =
      "Choose a feature output before it (backbone.featureOutput), or export the network without it.";

  private RowApplication() {}

  static List<FileValue> of(OperatorCall call, TranslationTable table) {
    Rule rule = rule(call, table);
    try {
      List<FileValue> results = rule.apply(call);
      call.passOn(results);
      return results;
    } catch (NolabelException e) {
      throw e;
    } catch (IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | IndexOutOfBoundsException e) {
      UserMistake mistake =
          call.refuse(
              "its inputs do not go together (%s)".formatted(e.getMessage()),
              "Is imageSize the one that the file was exported for?");
      mistake.initCause(e);
      throw mistake;
    }
  }

  private static Rule rule(OperatorCall call, TranslationTable table) {
    if (!call.node().operator().isStandard()) {
      throw call.refuse("operators of this domain are not ONNX's own", advice(call));
    }
    Optional<Rule> computing = table.computing(call.op());
    Optional<Rule> folding = table.folding(call.op());
    if (folding.isPresent() && call.foldable()) {
      return folding.get();
    }
    return computing.orElseThrow(
        () ->
            folding.isPresent()
                ? call.refuse("this operator works on constants only, not on images", STOP_EARLIER)
                : call.refuse("this operator cannot be trained here", advice(call)));
  }

  private static String advice(OperatorCall call) {
    String op = call.op();
    if (op.contains("Quantize") || op.contains("Integer") || op.startsWith("QLinear")) {
      return "The network is quantised: export it in float32.";
    }
    if (call.node().operator().domain().startsWith("com.microsoft")) {
      return "The file was optimised for one runtime: export it again without that step.";
    }
    return STOP_EARLIER;
  }
}
