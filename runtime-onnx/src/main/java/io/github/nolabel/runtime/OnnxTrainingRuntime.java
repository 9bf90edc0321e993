package io.github.nolabel.runtime;

import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.SavedState;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingArtifacts;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.runtime.checkpoint.ArtifactFolder;
import io.github.nolabel.runtime.checkpoint.CheckpointStore;
import io.github.nolabel.runtime.checkpoint.CheckpointStore.SavedRun;
import io.github.nolabel.runtime.checkpoint.RunLock;
import io.github.nolabel.runtime.checkpoint.RunSignature;
import io.github.nolabel.runtime.checkpoint.SavedCheckpoints;
import io.github.nolabel.runtime.checkpoint.StateFile;
import io.github.nolabel.runtime.checkpoint.StateSource;
import io.github.nolabel.runtime.device.CardMemory;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.device.DevicePolicy;
import io.github.nolabel.runtime.kernels.KernelChoice;
import io.github.nolabel.runtime.kernels.KernelPolicy;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.loop.TrainingLoop;
import io.github.nolabel.runtime.memory.OrtLibrary;
import io.github.nolabel.runtime.memory.ProcessMemory;
import io.github.nolabel.runtime.session.CudaProbe;
import io.github.nolabel.runtime.session.InferenceModel;
import io.github.nolabel.runtime.session.ModelReader;
import io.github.nolabel.runtime.session.TrainingSessionExecutor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Wires the packages of this module together. */
final class OnnxTrainingRuntime implements TrainingRuntime {

  private final OrtLibrary library = OrtLibrary.load();
  private final CudaProbe cuda = new CudaProbe(library);
  private final DevicePolicy devices =
      new DevicePolicy(
          cuda::obstacle, cuda::isExpected, Runtime.getRuntime().availableProcessors());

  private final KernelPolicy kernels =
      new KernelPolicy(OneDnn::obstacle, Arithmetic::obstacle, OneDnn.isKnownToBeFast());

  private final OpenSessions sessions = new OpenSessions();

  @Override
  public Trainer open(TrainingRecipe recipe, TrainerSettings settings) {
    sessions.requireOpen();
    DeviceChoice device = devices.choose(settings.device());
    RunLock lock = RunLock.acquire(settings.directory());
    try {
      return sessions.with(open(recipe, settings, device, lock));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private OnnxTrainer open(
      TrainingRecipe recipe, TrainerSettings settings, DeviceChoice device, RunLock lock) {
    if (recipe.joint().isEmpty()) {
      return trainer(recipe, settings, device, lock, OnnxTrainingRuntime::start);
    }
    TrainerSettings joined = settings.with(settings.run().joined());
    OnnxTrainer trainer = trainer(recipe, joined, device, lock, OnnxTrainingRuntime::start);
    try {
      TrainingRecipe worker = recipe.joint().get().worker();
      RunLock shared = RunLock.acquire(settings.directory());
      Trainer passing =
          trainer(worker, joined, device, shared, (program, store, any) -> fresh(program, joined));
      trainer.passImagesBy(new JointPassing(passing, recipe, settings.run()));
      return trainer;
    } catch (RuntimeException e) {
      trainer.close();
      throw e;
    }
  }

  private OnnxTrainer trainer(
      TrainingRecipe recipe,
      TrainerSettings settings,
      DeviceChoice device,
      RunLock lock,
      Beginning beginning) {
    KernelChoice chosen = kernels.choose(recipe.program(), device.config(), device.cuda());
    CheckpointStore store =
        CheckpointStore.open(
            settings.directory(),
            signature(recipe.program(), settings, device, chosen),
            settings.checkpoints().keep());
    Opened opened =
        opened(beginning.of(recipe.program(), store, settings), recipe.program(), device, chosen);
    TrainingSessionExecutor executor = opened.executor();
    ProcessMemory.release();
    try {
      TrainingLoop loop =
          new TrainingLoop(
              executor,
              recipe,
              settings.run(),
              settings.checkpoints(),
              store,
              opened.start(),
              System::nanoTime);
      return new OnnxTrainer(executor, loop, lock, recipe.program(), chosen.described());
    } catch (RuntimeException e) {
      executor.close();
      throw e;
    }
  }

  /** Keeps nothing of the state, which is large, but the session's own copy. */
  private Opened opened(
      SavedRun saved, TrainingProgram program, DeviceChoice device, KernelChoice chosen) {
    return new Opened(
        new TrainingSessionExecutor(library, program, saved.state(), device, chosen),
        saved.withoutState());
  }

  private record Opened(TrainingSessionExecutor executor, SavedRun start) {}

  /** Where a session begins. */
  @FunctionalInterface
  private interface Beginning {
    SavedRun of(TrainingProgram program, CheckpointStore store, TrainerSettings settings);
  }

  private static SavedRun start(
      TrainingProgram program, CheckpointStore store, TrainerSettings settings) {
    boolean resume = settings.resume();
    if (!resume) {
      store.requireFresh();
    }
    return (resume ? store.resume() : Optional.<SavedRun>empty())
        .orElseGet(() -> fresh(program, settings));
  }

  private static SavedRun fresh(TrainingProgram program, TrainerSettings settings) {
    StateSource state = StateSource.initial(program.state()).with(settings.weights());
    return new SavedRun(0, Map.of(), new StateFile(state).whole(), Map.of());
  }

  private RunSignature signature(
      TrainingProgram program, TrainerSettings settings, DeviceChoice device, KernelChoice chosen) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(program.identity().bytes());
    program.evaluations().values().forEach(model -> fingerprint.add(model.bytes()));
    for (StateTensor tensor : program.state()) {
      fingerprint.add(tensor.name()).add(tensor.type() + tensor.shape().toString());
    }
    return new RunSignature(
        fingerprint.hex(),
        settings.identity(),
        versions(),
        device.threads(),
        device.cuda() ? "cuda" : Processor.name(),
        chosen.name());
  }

  @Override
  public SavedState saved(Path directory) {
    return SavedCheckpoints.read(directory);
  }

  @Override
  public void write(TrainingArtifacts artifacts, Path folder) {
    ArtifactFolder.write(artifacts, folder);
  }

  @Override
  public String device(DeviceSettings settings) {
    DeviceChoice device = devices.choose(settings);
    kernels.require(settings.config(), device.cuda());
    return device.name();
  }

  @Override
  public Optional<String> fallback(DeviceSettings settings) {
    return devices.fallback(settings);
  }

  @Override
  public OptionalLong memory(DeviceSettings settings) {
    DeviceChoice device = devices.choose(settings);
    long machine = OrtLibrary.machineBytes();
    return device.cuda()
        ? CardMemory.of(device.config().card())
        : machine > 0 ? OptionalLong.of(machine) : OptionalLong.empty();
  }

  @Override
  public Model model(OnnxModel model, DeviceSettings settings) {
    sessions.requireOpen();
    return sessions.with(new InferenceModel(library, model, devices.choose(settings)));
  }

  @Override
  public OnnxModel read(Path file) {
    return ModelReader.read(library, file);
  }

  @Override
  public void close() {
    sessions.close();
  }

  @Override
  public Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("onnxruntime", library.version());
    versions.put("platform", OrtLibrary.platform());
    return versions;
  }

  @Override
  public List<Finding> examine() {
    return new Examination(library, cuda).findings();
  }
}
