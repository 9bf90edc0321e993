package io.github.nolabel.runs.engine;

import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.runs.plan.Catalogue;

/** What runs are carried out with: the runtime, what plans may name, and how files are written. */
public record Surroundings(TrainingRuntime runtime, Catalogue catalogue, OutputFiles files) {}
