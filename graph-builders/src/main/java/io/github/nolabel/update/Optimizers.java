package io.github.nolabel.update;

import io.github.nolabel.api.option.Further;
import io.github.nolabel.api.option.NamedServices;
import io.github.nolabel.api.train.OptimizerConfig;
import java.util.ArrayList;
import java.util.List;
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
   * @throws io.github.nolabel.api.UserMistake if not
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
    C own = Further.read("optimizer.further", config.further(), provider.defaults());
    return provider.rule(config, own, decay);
  }
}
