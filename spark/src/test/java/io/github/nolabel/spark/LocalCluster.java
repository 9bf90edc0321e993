package io.github.nolabel.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark on this machine. */
final class LocalCluster {

  /** Options of processes that live for seconds. */
  static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private LocalCluster() {}

  /** Two slots in this process, each task with three attempts. */
  static JavaSparkContext start() {
    return new JavaSparkContext(settings("local[2,3]"));
  }

  /**
   * A master and two executors, each a process of its own with this class path.
   *
   * @param trap the next image that an executor reads while this file exists ends its process
   */
  static JavaSparkContext startProcesses(Path trap) throws IOException {
    String home =
        Objects.requireNonNull(
            System.getenv("SPARK_HOME"), "SPARK_HOME: a folder for Spark's files, as the pom sets");
    Files.createDirectories(Path.of(home, "jars"));
    return new JavaSparkContext(
        processes("local-cluster[2,1,1024]", "-D" + Stripes.TRAP + "=" + trap));
  }

  /** Executors in processes of their own, with this class path. */
  static SparkConf processes(String master, String options) {
    return settings(master)
        .set("spark.executorEnv.SPARK_SCALA_VERSION", "2.13")
        .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .set("spark.executor.extraJavaOptions", QUICK_START + " " + options);
  }

  private static SparkConf settings(String master) {
    return new SparkConf()
        .setMaster(master)
        .setAppName("nolabel")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "localhost")
        .set("spark.driver.bindAddress", "127.0.0.1");
  }
}
