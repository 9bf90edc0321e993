package io.github.nolabel.runs.engine;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.runs.plan.Assignment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Copies of the files that a run's backbone was made from, so that the run outlives them. */
record BackboneSource(RunDirectory folder) {

  /** Options that name a file. */
  private static final Set<String> NAMES = Set.of("backbone.file", "backbone.weights");

  /** Copies what is not there yet. */
  void keep(List<Path> originals, OutputFiles files) {
    for (Path file : originals) {
      Path copy = copyOf(file);
      if (!Files.exists(copy)) {
        OutputFiles.createFolder(folder.source());
        files.write(copy, bytes(file));
      }
    }
  }

  /** A run's recorded options, with the copy in place of the file. */
  List<Assignment> redirected(List<Assignment> recorded) {
    return recorded.stream().map(this::redirected).toList();
  }

  private Assignment redirected(Assignment assignment) {
    if (!NAMES.contains(assignment.name()) || assignment.value().isEmpty()) {
      return assignment;
    }
    Path copy = copyOf(Path.of(assignment.value()));
    return Files.exists(copy)
        ? new Assignment(assignment.name(), copy.toString(), assignment.origin())
        : assignment;
  }

  private Path copyOf(Path file) {
    return folder.source().resolve(String.valueOf(file.getFileName()));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UserMistake("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }
}
