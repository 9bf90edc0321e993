package io.github.nolabel.data;

import io.github.nolabel.api.option.NamedService;
import java.nio.file.Path;
import java.util.List;

/**
 * A kind of data source, found by {@link java.util.ServiceLoader}; its name is what stands before
 * the colon.
 */
public interface SourceProvider extends NamedService {

  /** How to write it, such as {@code folder:PATH[?split=NAME]}. */
  String usage();

  /** What it reads, in one line without a full stop. */
  String summary();

  /** The keys allowed after the question mark. */
  List<String> keys();

  /** Whether this existing file or folder is probably meant for this kind. */
  default boolean recognises(Path path) {
    return false;
  }

  /**
   * Finds the images; bad input is detected here as far as it can be without decoding everything.
   *
   * @throws io.github.nolabel.api.UserMistake if there is nothing readable there
   */
  SourceImages read(SourceAddress address, SourceContext context);
}
