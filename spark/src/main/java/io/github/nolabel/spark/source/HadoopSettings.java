package io.github.nolabel.spark.source;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Where file systems are and how to get in. */
final class HadoopSettings {

  private static final System.Logger LOG = System.getLogger(HadoopSettings.class.getName());

  private HadoopSettings() {}

  /**
   * The files {@code core-site.xml} and the like of the class path and, in a process of Spark, its
   * settings {@code spark.hadoop.*}.
   */
  static Configuration found() {
    Configuration settings = new Configuration();
    try {
      OfSpark.add(settings);
    } catch (NoClassDefFoundError e) {
      LOG.log(System.Logger.Level.DEBUG, "Read without Spark", e);
    }
    return settings;
  }

  private static final class OfSpark {

    static void add(Configuration settings) {
      @Nullable SparkEnv here = SparkEnv.get();
      if (here != null) {
        for (Tuple2<String, String> setting : here.conf().getAllWithPrefix("spark.hadoop.")) {
          settings.set(setting._1(), setting._2());
        }
      }
    }
  }
}
