package io.github.nolabel.data.region;

import java.io.IOException;
import java.util.Collection;

/** Arrays of a file by name, read when asked for. */
interface NamedArrays extends AutoCloseable {

  Collection<String> names();

  /**
   * @param name one of {@link #names}
   * @throws IOException saying what is wrong with it
   */
  NumberArray read(String name) throws IOException;

  @Override
  void close() throws IOException;
}
