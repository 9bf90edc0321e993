package io.github.nolabel.loggers;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.runs.file.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a server calls a run, kept in the run's folder: a run that goes on stays one run there. */
record MlflowNote(Path file) {

  /** Empty if the run was never written down at this server. */
  Optional<String> read(String server) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode note = Json.read(file);
    return note.path("server").asText().equals(server)
        ? Optional.of(note.path("run_id").asText())
        : Optional.empty();
  }

  void write(String server, String id) {
    OutputFiles.LOCAL.write(
        file, Json.pretty(new TreeMap<>(Map.of("server", server, "run_id", id))));
  }
}
