package io.github.nolabel.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;
import scala.Some;

/**
 * A standalone master with an executor on each of two hosts, which are this machine by two names:
 * Spark never has two attempts of one task on one host.
 */
final class TwoHosts implements AutoCloseable {

  private final RpcEnv master;
  private final List<RpcEnv> workers;

  private TwoHosts(RpcEnv master, List<RpcEnv> workers) {
    this.master = master;
    this.workers = workers;
  }

  static TwoHosts start(Path folder) throws IOException {
    SparkConf conf = new SparkConf().set("spark.master.rest.enabled", "false");
    RpcEnv master = Master.startRpcEnvAndEndpoint("localhost", 0, 0, conf)._1();
    String[] masters = {url(master)};
    Files.createDirectories(Path.of(Objects.requireNonNull(System.getenv("SPARK_HOME")), "jars"));
    return new TwoHosts(
        master,
        List.of(
            worker("localhost", 0, masters, folder, conf),
            worker("127.0.0.1", 1, masters, folder, conf)));
  }

  private static RpcEnv worker(
      String host, int number, String[] masters, Path folder, SparkConf conf) {
    return Worker.startRpcEnvAndEndpoint(
        host, 0, 0, 1, 1024, masters, folder.toString(), new Some<>(number), conf, Option.empty());
  }

  private static String url(RpcEnv master) {
    return "spark://localhost:" + master.address().port();
  }

  /** A driver whose tasks get a second attempt soon. */
  JavaSparkContext connect(String executorOptions) {
    return new JavaSparkContext(
        LocalCluster.processes(url(master), executorOptions)
            .set("spark.speculation", "true")
            .set("spark.speculation.interval", "100ms")
            .set("spark.speculation.minTaskRuntime", "1s")
            .set("spark.speculation.multiplier", "1.5")
            .set("spark.speculation.quantile", "0.5"));
  }

  @Override
  public void close() {
    workers.forEach(RpcEnv::shutdown);
    master.shutdown();
  }
}
