package io.github.nolabel.api.provenance;

import java.util.List;
import java.util.Map;

/**
 * How a result came to be: enough to run it again. All maps keep their order when written.
 *
 * @param options nested by group: {@code method}, {@code backbone}, {@code optimizer}, ...
 * @param notes what was made of the files that the backbone came from, in sentences
 * @param data description, size and content fingerprint of the training images, and their
 *     normalisation
 * @param versions of Nolabel, Java, ONNX Runtime and the operating system
 * @param host processor, cores, threads used, memory
 * @param gitRevision of the folder the run was started in; empty if there is none
 * @param program SHA-256 of the training model
 */
public record RunRecord(
    String method,
    Map<String, Object> options,
    List<String> notes,
    Map<String, Object> data,
    long seed,
    Map<String, String> versions,
    Map<String, String> host,
    String device,
    String gitRevision,
    String program,
    String startedAt,
    Map<String, Double> seconds) {

  public RunRecord {
    notes = List.copyOf(notes);
  }
}
