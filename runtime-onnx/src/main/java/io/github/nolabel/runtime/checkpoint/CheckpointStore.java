package io.github.nolabel.runtime.checkpoint;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.api.train.CheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The checkpoints of one run: one folder each, which appears by one rename, complete and durable,
 * or not at all.
 */
public final class CheckpointStore {

  private static final System.Logger LOG = System.getLogger(CheckpointStore.class.getName());
  private static final Pattern COMMITTED = Pattern.compile("step-\\d{10,19}");
  private static final String WRITING = ".writing-";
  private static final String DELETING = ".deleting-";

  static final String FOLDER = "checkpoints";
  static final String STATE = "state.ckpt";
  static final String APART = "apart.ckpt";
  static final String MANIFEST = "checkpoint.json";
  static final String MANIFEST_SUM = "checkpoint.json.sha256";

  private final FileStore files;
  private final Path folder;
  private final RunSignature signature;
  private final int keep;

  CheckpointStore(FileStore files, Path runDirectory, RunSignature signature, int keep) {
    this.files = files;
    this.folder = runDirectory.resolve(FOLDER);
    this.signature = signature;
    this.keep = keep;
  }

  /**
   * Opens the folder {@code checkpoints} of a run, creating it if need be, and clears away what an
   * interrupted write left there.
   *
   * @param keep how many of the newest checkpoints stay
   * @throws CheckpointException if the folder cannot be used
   */
  public static CheckpointStore open(Path runDirectory, RunSignature signature, int keep) {
    CheckpointStore store =
        new CheckpointStore(new LocalFileStore(), runDirectory, signature, keep);
    store.prepare();
    return store;
  }

  void prepare() {
    try {
      files.createFolders(folder);
      for (String name : files.names(folder)) {
        if (name.startsWith(WRITING) || name.startsWith(DELETING)) {
          files.delete(folder.resolve(name));
        }
      }
    } catch (IOException e) {
      throw FileFaults.unusable("The folder for checkpoints cannot be used", folder, e);
    }
  }

  /**
   * @throws UserMistake if there are checkpoints: a fresh run must not mix with an older one
   */
  public void requireFresh() {
    newest()
        .ifPresent(
            checkpoint -> {
              throw new UserMistake(
                  "%s already holds a run, up to %s. Resume it, or choose another folder."
                      .formatted(folder.getParent(), checkpoint.getFileName()));
            });
  }

  /** Where the checkpoint after {@code step} updates is, or would be. */
  public Path pathOf(long step) {
    return folder.resolve(String.format(Locale.ROOT, "step-%010d", step));
  }

  /** The committed checkpoint with the most steps. */
  public Optional<Path> newest() {
    List<String> committed = committed();
    return committed.isEmpty()
        ? Optional.empty()
        : Optional.of(folder.resolve(committed.get(committed.size() - 1)));
  }

  /**
   * Writes a checkpoint and deletes those beyond the number to keep.
   *
   * @throws CheckpointException if it cannot be written; earlier checkpoints are untouched
   */
  public void save(UnsavedRun run) {
    Path target = pathOf(run.step());
    Path unfinished = folder.resolve(WRITING + target.getFileName());
    try {
      if (files.names(folder).contains(unfinished.getFileName().toString())) {
        files.delete(unfinished);
      }
      files.createFolders(unfinished);
      writeManifest(run, writeState(run, unfinished), unfinished);
      files.commit(unfinished, target);
    } catch (IOException e) {
      deleteQuietly(unfinished);
      throw FileFaults.unusable("The checkpoint cannot be written", target, e);
    } catch (RuntimeException e) {
      deleteQuietly(unfinished);
      throw e;
    }
    prune();
  }

  private Map<String, String> writeState(UnsavedRun run, Path into) throws IOException {
    Map<String, String> sums = new LinkedHashMap<>();
    sums.put(STATE, write(new StateFile(run.state()), into.resolve(STATE)));
    if (!run.apart().isEmpty()) {
      sums.put(APART, write(new StateFile(StateSource.of(run.apart())), into.resolve(APART)));
    }
    return sums;
  }

  private void writeManifest(UnsavedRun run, Map<String, String> sums, Path into)
      throws IOException {
    byte[] json = new Manifest(Manifest.FORMAT, run.step(), run.slots(), signature, sums).toJson();
    String sum = write(out -> out.put(ByteBuffer.wrap(json)), into.resolve(MANIFEST));
    byte[] line = (sum + "  " + MANIFEST + "\n").getBytes(StandardCharsets.US_ASCII);
    write(out -> out.put(ByteBuffer.wrap(line)), into.resolve(MANIFEST_SUM));
  }

  /** Returns the contents' SHA-256. */
  private String write(FileStore.Contents contents, Path file) throws IOException {
    Fingerprint sum = new Fingerprint();
    files.writeDurably(
        file,
        out ->
            contents.writeTo(
                piece -> {
                  sum.add(piece);
                  out.put(piece);
                }));
    return sum.hex();
  }

  /**
   * Reads the newest checkpoint; empty if there is none.
   *
   * @throws CheckpointException if it is damaged, of another kind, or of another run
   */
  public Optional<SavedRun> resume() {
    Optional<Path> newest = newest();
    if (newest.isEmpty()) {
      LOG.log(System.Logger.Level.INFO, "No checkpoint in {0}: starting from step 0.", folder);
    }
    return newest.map(path -> new CheckpointReader(files, path, wayOut(path)).read(signature));
  }

  /** What somebody can do when {@code checkpoint} is unusable. */
  private String wayOut(Path checkpoint) {
    List<String> committed = committed();
    return committed.size() < 2
        ? "Start anew in another folder."
        : "Delete the folder %s to go on from %s."
            .formatted(checkpoint, committed.get(committed.size() - 2));
  }

  private List<String> committed() {
    try {
      return files.names(folder).stream()
          .filter(COMMITTED.asMatchPredicate())
          .sorted(java.util.Comparator.comparing(name -> Long.parseLong(name.substring(5))))
          .toList();
    } catch (IOException e) {
      throw FileFaults.unusable("The folder of checkpoints cannot be read", folder, e);
    }
  }

  private void prune() {
    List<String> committed = committed();
    for (String name : committed.subList(0, Math.max(0, committed.size() - keep))) {
      Path doomed = folder.resolve(DELETING + name);
      try {
        files.commit(folder.resolve(name), doomed);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "Cannot delete the old checkpoint " + name, e);
        continue;
      }
      deleteQuietly(doomed);
    }
  }

  private void deleteQuietly(Path path) {
    try {
      files.delete(path);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "Left behind: " + path, e);
    }
  }

  /**
   * A run as it is to be saved; see {@link io.github.nolabel.api.train.Snapshot}.
   *
   * @param state asked for while it is written
   */
  public record UnsavedRun(
      long step, Map<String, Double> slots, StateSource state, Map<String, Tensor> apart) {}

  /**
   * A run as it was saved.
   *
   * @param state in the format of {@link StateFile}
   * @param apart see {@link io.github.nolabel.api.train.Snapshot}
   */
  public record SavedRun(
      long step, Map<String, Double> slots, ByteBuffer state, Map<String, Tensor> apart) {

    public SavedRun {
      slots = new LinkedHashMap<>(slots);
    }

    /** What is left to be known when a session has read the state, which is large. */
    public SavedRun withoutState() {
      return new SavedRun(step, slots, ByteBuffer.allocate(0), apart);
    }
  }
}
