package io.github.nolabel.api.train;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.option.Further;
import io.github.nolabel.api.option.NamedService;
import io.github.nolabel.api.option.NamedServices;
import java.util.ServiceLoader;

/**
 * Registers a shape of the learning rate with {@link ServiceLoader}: {@code schedule.kind} is its
 * name; its own options are set by name, as in {@code schedule.power=2}.
 *
 * @param <C> its own options, with {@link io.github.nolabel.api.option.Option} on every component
 */
public interface ScheduleProvider<C extends Record> extends NamedService {

  C defaults();

  /**
   * The rate after the warm-up.
   *
   * @param peak where it starts
   * @param steps that are left
   */
  Schedule schedule(double peak, long steps, C own);

  /** The shapes of plug-ins that this library's class loader sees. */
  @SuppressWarnings({"rawtypes", "unchecked"})
  static NamedServices<ScheduleProvider<?>> all() {
    ServiceLoader<ScheduleProvider> loaded =
        ServiceLoader.load(ScheduleProvider.class, ScheduleProvider.class.getClassLoader());
    return NamedServices.index("schedule", (Iterable) loaded);
  }

  /**
   * The shape of this name that this library's class loader sees.
   *
   * @throws io.github.nolabel.api.UserMistake if there is none
   */
  static Schedule schedule(String name, String further, double peak, long steps) {
    return of(all().require(name), further, peak, steps);
  }

  private static <C extends Record> Schedule of(
      ScheduleProvider<C> provider, String further, double peak, long steps) {
    C own = Further.read("schedule.further", further, provider.defaults());
    return provider.schedule(peak, steps, own);
  }
}
