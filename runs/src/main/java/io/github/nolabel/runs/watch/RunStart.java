package io.github.nolabel.runs.watch;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What there is to know of a run when it begins or goes on.
 *
 * @param folder of the run
 * @param steps updates of the whole run
 * @param step updates done already; not zero where a run goes on
 * @param options every option by group and name, as {@code run.json} holds them
 */
public record RunStart(
    Path folder,
    String method,
    long steps,
    long stepsPerEpoch,
    long step,
    Map<String, Object> options) {

  public RunStart {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }
}
