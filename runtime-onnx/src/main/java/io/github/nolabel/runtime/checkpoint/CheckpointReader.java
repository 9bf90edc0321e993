package io.github.nolabel.runtime.checkpoint;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.api.train.CheckpointException;
import io.github.nolabel.runtime.checkpoint.CheckpointStore.SavedRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one checkpoint and trusts nothing in it before its sum was compared. */
final class CheckpointReader {

  private static final System.Logger LOG = System.getLogger(CheckpointReader.class.getName());

  private final FileStore files;
  private final Path checkpoint;
  private final String wayOut;

  /**
   * @param wayOut what to do if the checkpoint is unusable, as a sentence
   */
  CheckpointReader(FileStore files, Path checkpoint, String wayOut) {
    this.files = files;
    this.checkpoint = checkpoint;
    this.wayOut = wayOut;
  }

  /**
   * @throws CheckpointException if it is damaged, of another kind, or of another run
   */
  SavedRun read(RunSignature present) {
    Manifest manifest = manifest();
    checkSameRun(manifest.signature(), present);
    warnAboutHost(manifest.signature(), present);
    return state(manifest);
  }

  /**
   * Reads a checkpoint of any run.
   *
   * @throws CheckpointException if it is damaged or of another kind
   */
  SavedRun read() {
    return state(manifest());
  }

  private SavedRun state(Manifest manifest) {
    Map<String, Tensor> apart =
        manifest.files().containsKey(CheckpointStore.APART)
            ? StateFile.read(listed(manifest, CheckpointStore.APART))
            : Map.of();
    return new SavedRun(
        manifest.step(), manifest.slots(), listed(manifest, CheckpointStore.STATE), apart);
  }

  private ByteBuffer listed(Manifest manifest, String name) {
    Path file = checkpoint.resolve(name);
    ByteBuffer contents = contents(file);
    checkSum(file, contents, manifest.files().getOrDefault(name, ""));
    return contents;
  }

  private Manifest manifest() {
    Path file = checkpoint.resolve(CheckpointStore.MANIFEST);
    ByteBuffer json = contents(file);
    String sums = text(contents(checkpoint.resolve(CheckpointStore.MANIFEST_SUM)));
    checkSum(file, json, sums.split(" ", 2)[0]);
    try {
      return Manifest.parse(text(json).getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw refuse(file, e.getMessage() + ".", e);
    }
  }

  private void checkSum(Path file, ByteBuffer contents, String expected) {
    String actual = new Fingerprint().add(contents).hex();
    if (!actual.equals(expected)) {
      throw refuse(
          file,
          "it is truncated or corrupted (%d bytes whose SHA-256 is not the recorded one)."
              .formatted(contents.remaining()),
          null);
    }
  }

  private void checkSameRun(RunSignature saved, RunSignature present) {
    Set<String> names = new LinkedHashSet<>(saved.identity().keySet());
    names.addAll(present.identity().keySet());
    for (String name : names) {
      String was = saved.identity().getOrDefault(name, "not set");
      String is = present.identity().getOrDefault(name, "not set");
      if (!was.equals(is)) {
        throw new CheckpointException(
            "%s belongs to another run: '%s' was %s and is %s. Resume with the old value, or start anew in another folder."
                .formatted(checkpoint, name, was, is));
      }
    }
    if (!saved.program().equals(present.program())) {
      throw new CheckpointException(
          "%s belongs to another training program, written by versions %s, now %s. Resume with those versions, or start anew in another folder."
              .formatted(checkpoint, saved.versions(), present.versions()));
    }
  }

  private void warnAboutHost(RunSignature saved, RunSignature present) {
    warnIfDifferent("threads", saved.threads(), present.threads());
    warnIfDifferent("processor", saved.processor(), present.processor());
    warnIfDifferent("kernels", saved.kernels(), present.kernels());
  }

  private void warnIfDifferent(String what, Object was, Object is) {
    if (!was.equals(is)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Resuming with other {0} ({1}, was {2}): results will differ by rounding.",
          what,
          is,
          was);
    }
  }

  private ByteBuffer contents(Path file) {
    try {
      return files.read(file);
    } catch (IOException e) {
      throw refuse(file, "it " + FileFaults.reason(e) + ".", e);
    }
  }

  private CheckpointException refuse(Path file, String fault, @Nullable Exception cause) {
    String message = "The checkpoint file %s cannot be used: %s %s".formatted(file, fault, wayOut);
    return cause == null
        ? new CheckpointException(message)
        : new CheckpointException(message, cause);
  }

  private static String text(ByteBuffer contents) {
    return StandardCharsets.UTF_8.decode(contents.duplicate()).toString();
  }
}
