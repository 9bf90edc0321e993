package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;

/** Options of {@link SmallCnn}, set as {@code backbone.NAME}. */
public record SmallCnnConfig(
    @Option(
            value = "Channels of the first stage; each later stage doubles them",
            min = 4,
            max = 512)
        int width,
    @Option(value = "Stages; each halves height and width", min = 2, max = 6) int stages) {

  public static final SmallCnnConfig DEFAULTS = new SmallCnnConfig(48, 3);

  public SmallCnnConfig {
    RecordOptions.check(SmallCnnConfig.class, width, stages);
  }
}
