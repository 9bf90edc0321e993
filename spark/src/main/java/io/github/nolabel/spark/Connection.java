package io.github.nolabel.spark;

import io.github.nolabel.api.UserMistake;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** The way to a cluster; the context is made when it is first asked for. One thread at a time. */
final class Connection implements AutoCloseable {

  private final SparkConf conf;
  private final boolean own;
  private @Nullable JavaSparkContext context;

  private Connection(SparkConf conf, @Nullable JavaSparkContext context) {
    this.conf = conf;
    this.context = context;
    this.own = context == null;
  }

  /** Somebody else's, which stays open. */
  static Connection of(JavaSparkContext context) {
    return new Connection(context.getConf(), context);
  }

  static Connection to(SparkConf conf) {
    return new Connection(conf, null);
  }

  /**
   * @throws UserMistake if there is no such cluster
   */
  JavaSparkContext context() {
    JavaSparkContext known = context;
    if (known == null) {
      known = started();
      context = known;
    }
    return known;
  }

  private JavaSparkContext started() {
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) {
      throw translated(e);
    }
  }

  /** Spark throws what Java does not let it declare. */
  private RuntimeException translated(Exception failure) {
    if (failure instanceof SparkException || failure instanceof IllegalArgumentException) {
      return new UserMistake(
          "Spark cannot start with the master '%s': %s. Clusters of YARN and Kubernetes need spark-submit."
              .formatted(conf.get("spark.master"), firstLine(failure)),
          failure);
    }
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }

  private static String firstLine(Exception failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .findFirst()
        .orElse("")
        .replaceAll("\\.$", "");
  }

  @Override
  public void close() {
    if (own && context != null) {
      context.stop();
      context = null;
    }
  }
}
