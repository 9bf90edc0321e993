package io.github.nolabel.cli.command;

import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.onnx.EightBitRanges;
import io.github.nolabel.runs.engine.Calibration;
import io.github.nolabel.runs.engine.Fidelity;
import io.github.nolabel.runs.model.BackboneFile;
import io.github.nolabel.runs.plan.RunSettings;
import java.util.function.Function;

/** Makes of a run's network the file that is asked for; what rounding changed is told and noted. */
record Shrinking(OnnxFlags flags, Console console, TrainingRuntime runtime) {

  BackboneFile asAsked(Source source) {
    BackboneFile sized = flags.sized(source.backbone());
    BackboneFile inOpset = flags.inOpset(sized); // refused before images are asked
    return flags.rounds() ? flags.inOpset(rounded(source, sized)) : inOpset;
  }

  private BackboneFile rounded(Source source, BackboneFile whole) {
    RunSettings plan = source.run().orElseThrow().plan();
    Function<Dataset, BackboneFile> rounding = rounding(whole, plan.deviceSettings());
    Dataset data = Datasets.open(plan.run().data(), plan.run().datasetSettings(), console::notice);
    BackboneFile smaller = rounding.apply(data);
    Fidelity fidelity = Fidelity.of(whole, smaller, data, runtime, plan.deviceSettings());
    fidelity.lines().forEach(console.out()::println);
    return smaller.noting(fidelity.notes());
  }

  /** Refuses what cannot be rounded before the data are opened. */
  private Function<Dataset, BackboneFile> rounding(BackboneFile whole, DeviceSettings device) {
    if (!flags.calibrates()) {
      BackboneFile smaller = flags.rounded(whole);
      return data -> smaller;
    }
    BackboneFile folded = whole.folded();
    EightBitRanges asking = EightBitRanges.of(folded.model());
    Preprocessing preprocessing = whole.card().preprocessing();
    return data -> {
      Calibration found =
          Calibration.of(asking, data.training(), preprocessing, runtime, device);
      return folded.eightBitConvolutions(found.ranges()).noting(found.notes());
    };
  }
}
