package io.github.nolabel.runs.watch;

import io.github.nolabel.api.option.NamedService;
import java.nio.file.Path;

/**
 * Where runs are written down beside their own folder, such as a tracking server. A plug-in: named
 * in {@code META-INF/services/io.github.nolabel.runs.watch.RunLog}, it is found by {@code nolabel
 * pretrain --log-to NAME=ADDRESS} and listed by {@code nolabel methods}.
 */
public interface RunLog extends NamedService {

  /** How it is asked for, such as {@code mlflow=URL}. */
  String usage();

  /** What it does, in one line. */
  String summary();

  /**
   * A watcher that writes down one run, and that no slow or missing place may hold up for long.
   *
   * @param address what stands after the name
   * @param run the run's folder
   * @throws io.github.nolabel.api.UserMistake if the address is none
   */
  RunWatcher open(String address, Path run);
}
