package io.github.nolabel.spark;

import io.github.nolabel.api.UserMistake;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/** Spark's settings for a run that the command line asks for. */
final class Configuration {

  private static final Pattern MASTERS =
      Pattern.compile("local(\\[.+])?|local-cluster\\[.+]|spark://.+|k8s://.+|yarn");

  /** What executors need of Nolabel, with commas between; set by whoever starts the program. */
  private static final String JARS = "nolabel.spark.jars";

  private static final String SUBMIT = "submit";
  private static final String MASTER = "spark.master";

  private Configuration() {}

  /**
   * @param master as Spark writes it; {@code submit} takes the one that spark-submit was given
   * @param given goes before all else
   * @throws UserMistake if nothing is known of such a master
   */
  static SparkConf of(String master, Map<String, String> given) {
    SparkConf conf = new SparkConf();
    if (!master.equals(SUBMIT)) {
      conf.set(MASTER, known(master));
    } else if (!conf.contains(MASTER)) {
      throw new UserMistake(
          "The master 'submit' is the one of spark-submit, which has not started this program. Name one, such as local[2].");
    }
    given.forEach(conf::set);
    conf.setIfMissing("spark.app.name", "nolabel");
    conf.setIfMissing("spark.log.level", "ERROR");
    return conf.get(MASTER).startsWith("local") ? here(conf) : elsewhere(conf);
  }

  private static String known(String master) {
    if (!MASTERS.matcher(master).matches()) {
      throw new UserMistake(
          "Spark knows no master '%s': local[2] is two workers on this machine, spark://HOST:7077 a cluster, submit the one of spark-submit."
              .formatted(master));
    }
    return master;
  }

  /** Nobody else has to find this machine. */
  private static SparkConf here(SparkConf conf) {
    return conf.setIfMissing("spark.driver.host", "localhost")
        .setIfMissing("spark.driver.bindAddress", "127.0.0.1");
  }

  private static SparkConf elsewhere(SparkConf conf) {
    String jars = System.getProperty(JARS, "");
    return jars.isEmpty() ? conf : conf.setIfMissing("spark.jars", jars);
  }
}
