package io.github.nolabel.update;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.NamedServices;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.OptimizerConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The optimizers that a run may ask for by name. */
public record Optimizers(NamedServices<OptimizerProvider<?>> all) {

  /** This library's, and those of plug-ins that its class loader sees. */
  public static Optimizers standard() {
    return of(Optimizers.class.getClassLoader());
  }

  /** This library's, and those of plug-ins that {@code loader} sees. */
  public static Optimizers of(ClassLoader loader) {
    List<OptimizerProvider<?>> all = new ArrayList<>(ShippedOptimizer.ALL);
    ServiceLoader.load(OptimizerProvider.class, loader).forEach(all::add);
    return new Optimizers(NamedServices.index("optimizer", all));
  }

  /**
   * Checks that there is such an optimizer and that it has the further options.
   *
   * @throws UserMistake if not
   */
  public void check(OptimizerConfig config) {
    rule(config, UpdateRule.identity());
  }

  /** The chain of the configured optimizer. */
  UpdateRule rule(OptimizerConfig config, UpdateRule decay) {
    return rule(all.require(config.algorithm().name()), config, decay);
  }

  private static <C extends Record> UpdateRule rule(
      OptimizerProvider<C> provider, OptimizerConfig config, UpdateRule decay) {
    C own = RecordOptions.override(provider.defaults(), further(config.further()));
    return provider.rule(config, own, decay);
  }

  private static Map<String, String> further(String text) {
    Map<String, String> options = new LinkedHashMap<>();
    String[] assignments =
        text.equals(OptimizerConfig.NONE_FURTHER) ? new String[0] : text.strip().split("\\s+", -1);
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals <= 0) {
        throw new UserMistake(
            "optimizer.further expects name=value with blanks between, got '%s'.".formatted(text));
      }
      options.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
    return options;
  }
}
