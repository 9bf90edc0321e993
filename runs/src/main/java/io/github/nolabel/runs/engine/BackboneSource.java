package io.github.nolabel.runs.engine;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.runs.plan.Assignment;
import io.github.nolabel.runs.plan.ResolvedPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Copies of the files that a run's networks were made from, so that the run outlives them. */
record BackboneSource(RunDirectory folder) {

  /** Options that name a file of the backbone. */
  private static final Set<String> NAMES = Set.of("backbone.file", "backbone.weights");

  /** The option that names the text network's. */
  private static final String TEXT = "text.weights";

  /** The option that names a network that the method learns from, as in onnx:PATH. */
  private static final String TEACHER = "method.teacher";

  /** Copies what is not there yet. */
  void keep(ResolvedPlan plan, OutputFiles files) {
    plan.backboneFiles().forEach(file -> keep(file, folder.source(), files));
    plan.methodFiles().forEach(file -> keep(file, methods(), files));
    plan.textFiles().forEach(file -> keep(file, texts(), files));
  }

  private static void keep(Path file, Path place, OutputFiles files) {
    Path copy = copyOf(file, place);
    if (!Files.exists(copy)) {
      OutputFiles.createFolder(place);
      files.write(copy, bytes(file));
    }
  }

  /** A run's recorded options, with the copy in place of the file. */
  List<Assignment> redirected(List<Assignment> recorded) {
    return recorded.stream().map(this::redirected).toList();
  }

  private Assignment redirected(Assignment assignment) {
    if (assignment.name().equals(TEACHER)) {
      return redirectedTeacher(assignment);
    }
    boolean text = assignment.name().equals(TEXT);
    if (!(text || NAMES.contains(assignment.name())) || assignment.value().isEmpty()) {
      return assignment;
    }
    Path copy = copyOf(Path.of(assignment.value()), text ? texts() : folder.source());
    return Files.exists(copy)
        ? new Assignment(assignment.name(), copy.toString(), assignment.origin())
        : assignment;
  }

  private Assignment redirectedTeacher(Assignment assignment) {
    String kind = assignment.value().substring(0, assignment.value().indexOf(':') + 1);
    Path copy = copyOf(Path.of(assignment.value().substring(kind.length())), methods());
    return Files.isRegularFile(copy)
        ? new Assignment(assignment.name(), kind + copy, assignment.origin())
        : assignment;
  }

  private Path methods() {
    return folder.source().resolve("method");
  }

  private Path texts() {
    return folder.source().resolve("text");
  }

  private static Path copyOf(Path file, Path place) {
    return place.resolve(String.valueOf(file.getFileName()));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UserMistake("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }
}
