package io.github.nolabel.methods.vision.distil;

import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.method.ObjectiveMethod;
import java.nio.file.Path;
import java.util.List;

/** Registers distillation. */
public final class DistilProvider extends ObjectiveMethod<DistilConfig> {

  public DistilProvider() {
    super(
        "distil",
        "Distillation (SEED, Fang et al. 2021): a student learns from a frozen network of any ONNX file",
        DistilConfig.DEFAULTS,
        DistilObjective.class);
  }

  @Override
  public List<Path> files(DistilConfig config) {
    return config.teacher().files();
  }

  @Override
  public DistilConfig pinned(DistilConfig config) {
    return RecordOptions.with(config, "teacherSha256", config.teacher().fingerprint());
  }
}
