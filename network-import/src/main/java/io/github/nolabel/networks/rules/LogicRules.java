package io.github.nolabel.networks.rules;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.TranslationTable;

/** Comparisons and choices. */
final class LogicRules {

  private LogicRules() {}

  static void addTo(TranslationTable.Builder table) {
    table
        .live("Equal", c -> c.g().equal(c.live(0), c.live(1)))
        .live("Less", c -> c.g().less(c.live(0), c.live(1)))
        .live("Greater", c -> c.g().greater(c.live(0), c.live(1)))
        .live("LessOrEqual", c -> c.g().not(c.g().greater(c.live(0), c.live(1))))
        .live("GreaterOrEqual", c -> c.g().not(c.g().less(c.live(0), c.live(1))))
        .live("And", c -> c.g().and(c.live(0), c.live(1)))
        .live("Or", c -> c.g().or(c.live(0), c.live(1)))
        .live("Where", LogicRules::where);
    ArithmeticRules.unary(table, "Not", Ops::not);
    ArithmeticRules.unary(table, "IsNaN", Ops::isNaN);
    ArithmeticRules.unary(table, "IsInf", Ops::isInf);
  }

  private static Value where(OperatorCall call) {
    return call.g().where(call.live(0), call.live(1), call.live(2));
  }
}
