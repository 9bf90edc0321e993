package io.github.nolabel.api.option;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Options that name files, such as a teacher's. Where they are part of a method's configuration, a
 * run keeps copies of the files and refuses others under their names.
 */
public interface FileOptions {

  /** The files that the options name; a run keeps copies of them. */
  List<Path> files();

  /**
   * What the files hold, each fingerprint by the name of the option that pins it.
   *
   * @throws io.github.nolabel.api.UserMistake if a file is missing, or has another fingerprint
   */
  Map<String, String> fingerprints();
}
