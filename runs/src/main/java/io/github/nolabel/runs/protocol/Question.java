package io.github.nolabel.runs.protocol;

import io.github.nolabel.api.option.RecordOptions;
import java.util.Map;
import java.util.Optional;

/** A protocol as somebody wants it. */
public record Question<C extends Record>(Protocol<C> protocol, C options) {

  static <C extends Record> Question<C> of(Protocol<C> protocol, Map<String, String> options) {
    return new Question<>(protocol, RecordOptions.override(protocol.defaults(), options));
  }

  /** See {@link Protocol#file}. */
  public Optional<String> file() {
    return protocol.file(options);
  }

  /** See {@link Protocol#check}. */
  public void check(Networks networks) {
    protocol.check(networks, options);
  }

  /** Checks and asks. */
  public Report ask(Examination examination) {
    check(examination.networks());
    return protocol.ask(examination, options);
  }
}
