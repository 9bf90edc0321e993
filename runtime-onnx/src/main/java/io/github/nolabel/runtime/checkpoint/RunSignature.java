package io.github.nolabel.runtime.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What must agree, or is worth a warning, when a run goes on from a checkpoint.
 *
 * @param program SHA-256 of the models and of the state's layout; must be equal
 * @param identity options and data, as text by name; must be equal
 * @param versions of the software, for the record
 * @param threads of one operator; other numbers change the last bits
 * @param processor other ones change the last bits
 * @param kernels whose operators computed, in a word; others change the last bits
 */
public record RunSignature(
    String program,
    Map<String, String> identity,
    Map<String, String> versions,
    int threads,
    String processor,
    String kernels) {

  public RunSignature {
    identity = Collections.unmodifiableMap(new LinkedHashMap<>(identity));
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }
}
