package io.github.nolabel.cli.command;

import io.github.nolabel.runs.engine.Subject;
import java.util.List;
import java.util.Map;

/** What a protocol found. */
interface ProtocolReport {

  String protocol();

  /** The network that {@code results} is about. */
  Subject trained();

  /** For JSON: {@code results} of the trained network, {@code untrained} of the other. */
  Map<String, Object> described();

  /** For people. */
  List<String> lines();
}
