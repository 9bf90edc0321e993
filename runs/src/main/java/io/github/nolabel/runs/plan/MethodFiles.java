package io.github.nolabel.runs.plan;

import io.github.nolabel.method.MethodProvider;
import java.nio.file.Path;
import java.util.List;

/** The files that a method's options name, such as a teacher's. */
record MethodFiles<C extends Record>(MethodProvider<C> method) {

  /** The settings with the fingerprints of the files. */
  RunSettings pinned(RunSettings settings) {
    return settings.with(OptionGroup.METHOD, method.pinned(options(settings)));
  }

  List<Path> of(RunSettings settings) {
    return method.files(options(settings));
  }

  @SuppressWarnings("unchecked")
  private C options(RunSettings settings) {
    return (C) method.defaults().getClass().cast(settings.method());
  }
}
