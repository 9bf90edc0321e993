package io.github.nolabel.spark.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.SourceAddress;
import java.util.function.Supplier;

/** Whether the classes are there that Spark brings. */
final class HadoopClasses {

  private HadoopClasses() {}

  /**
   * @throws UserMistake if one of them is missing
   */
  static <T> T needed(SourceAddress address, Supplier<T> work) {
    try {
      return work.get();
    } catch (NoClassDefFoundError e) {
      throw new UserMistake(
          "Data source '%s': %s is not on the class path. '%s:' needs the jars that Spark brings (hadoop-client-api, hadoop-client-runtime, parquet-hadoop): start through spark-submit, or add the folder 'jars' of Spark to the class path."
              .formatted(
                  address.text(), String.valueOf(e.getMessage()).replace('/', '.'), address.kind()),
          e);
    }
  }
}
