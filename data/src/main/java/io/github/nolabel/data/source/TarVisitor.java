package io.github.nolabel.data.source;

import java.io.IOException;
import java.io.InputStream;

/** Is told what an archive holds, in its order. Paths are relative, with single slashes. */
interface TarVisitor {

  /**
   * @param content of {@code size} bytes; need not be read
   */
  void file(String path, long size, InputStream content) throws IOException;

  /** One more name of an earlier file. */
  void link(String path, String earlier);

  /** A symbolic link, a device or the like. */
  default void special(String path) {}

  /** The mark that ends an archive is missing: perhaps files are missing, too. */
  default void endIsMissing() {}

  /** More follows the mark that ends an archive, perhaps another archive. */
  default void endIsNotTheEnd() {}
}
