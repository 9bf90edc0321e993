package io.github.nolabel.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.runs.Run;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.Runs;
import io.github.nolabel.runs.watch.RunWatcher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Carries out runs that {@code benchmarks/rounds} asks for, one after the other. A line {@code
 * method workers localSteps seed threads epochs} on the standard input is answered by one of JSON;
 * a run without workers trains in this process, with so many threads.
 *
 * <p>Arguments: Spark's master, the data, a folder for the runs, images, size of a batch, backbone.
 * A line {@code tasks N} asks for the seconds of a job of so many tasks that do nothing.
 */
final class MeasuredRuns {

  private final JavaSparkContext context;
  private final Traffic traffic = new Traffic();
  private final String data;
  private final Path folder;
  private final int images;
  private final int batchSize;
  private final List<String> options;

  private MeasuredRuns(String[] arguments) {
    this.context = context(arguments[0]);
    context.setLogLevel("ERROR");
    context.sc().addSparkListener(traffic);
    this.data = arguments[1];
    this.folder = Path.of(arguments[2]);
    this.images = Integer.parseInt(arguments[3]);
    this.batchSize = Integer.parseInt(arguments[4]);
    this.options = List.of(arguments).subList(5, arguments.length);
  }

  public static void main(String[] arguments) throws IOException {
    MeasuredRuns runs = new MeasuredRuns(arguments);
    BufferedReader asked =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = asked.readLine(); line != null; line = asked.readLine()) {
      System.out.println("RUN " + new ObjectMapper().writeValueAsString(runs.run(line)));
    }
    runs.context.stop();
  }

  /** Executors of {@code local-cluster} are processes with this class path. */
  private static JavaSparkContext context(String master) {
    return new JavaSparkContext(
        new SparkConf()
            .setMaster(master)
            .setAppName("nolabel")
            .set("spark.ui.enabled", "false")
            .set("spark.task.cpus", "1")
            .set("spark.driver.host", "localhost")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.executorEnv.SPARK_SCALA_VERSION", "2.13")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path")));
  }

  private Map<String, Object> run(String line) throws IOException {
    String[] words = line.split(" ", -1);
    if (words[0].equals("tasks")) {
      return tasks(Integer.parseInt(words[1]));
    }
    SparkSettings settings =
        SparkSettings.DEFAULTS
            .withWorkers(Integer.parseInt(words[1]))
            .withLocalSteps(Integer.parseInt(words[2]), 0);
    return measured(
        plan(words[0], Long.parseLong(words[3]), words[4], Integer.parseInt(words[5])), settings);
  }

  private Map<String, Object> measured(RunPlan plan, SparkSettings settings) throws IOException {
    Path directory = Files.createTempDirectory(folder, "measured").resolve("run");
    Pace pace = new Pace(settings.localSteps(), batchSize);
    traffic.begin();
    long begin = System.nanoTime();
    Run run =
        settings.workers() == 0
            ? Runs.pretrain(plan, directory, pace)
            : SparkRuns.pretrain(plan, directory, context, settings, pace);
    Map<String, Object> found = new LinkedHashMap<>(run.result().toJson());
    found.put("seconds", (System.nanoTime() - begin) / 1e9);
    found.put("steadyImagesPerSecond", pace.imagesPerSecond());
    found.put("roundSeconds", pace.roundSeconds());
    found.put("rounds", pace.rounds());
    found.put("stateBytes", stateBytes(directory));
    found.putAll(traffic.settled(context));
    return found;
  }

  /** The median of five, after one that is not counted. */
  private Map<String, Object> tasks(int count) {
    List<Integer> numbers = IntStream.range(0, count).boxed().toList();
    double[] seconds = new double[5];
    context.parallelize(numbers, count).count();
    for (int i = 0; i < seconds.length; i++) {
      long begin = System.nanoTime();
      context.parallelize(numbers, count).count();
      seconds[i] = (System.nanoTime() - begin) / 1e9;
    }
    Arrays.sort(seconds);
    return Map.of("tasks", count, "seconds", seconds[2]);
  }

  private static long stateBytes(Path run) {
    return 4L * States.of(run).values().stream().mapToLong(Tensor::elements).sum();
  }

  private RunPlan plan(String method, long seed, String threads, int epochs) {
    RunPlan plan =
        RunPlan.of(method)
            .preset("small")
            .data(data)
            .backbone("small-cnn")
            .epochs(epochs)
            .batchSize(batchSize)
            .seed(seed)
            .set("run.limit", images)
            .set("run.threads", threads)
            .set("evaluation.everyEpochs", 0);
    for (String option : options) {
      int equals = option.indexOf('=');
      plan = plan.set(option.substring(0, equals), option.substring(equals + 1));
    }
    return plan;
  }

  /** How long rounds took after the first one, in which executors start. */
  private static final class Pace implements RunWatcher {
    private final int localSteps;
    private final int batchSize;
    private final List<Long> ends = new ArrayList<>();
    private long steps;

    Pace(int localSteps, int batchSize) {
      this.localSteps = localSteps;
      this.batchSize = batchSize;
    }

    @Override
    public void onStep(StepReport report) {
      steps++;
      if (steps % localSteps == 0) {
        ends.add(System.nanoTime());
      }
    }

    double imagesPerSecond() {
      int last = ends.size() - 1;
      return last < 1
          ? 0
          : (double) last * localSteps * batchSize * 1e9 / (ends.get(last) - ends.get(0));
    }

    /** The median. */
    double roundSeconds() {
      long[] took =
          IntStream.range(1, ends.size()).mapToLong(i -> ends.get(i) - ends.get(i - 1)).toArray();
      Arrays.sort(took);
      return took.length == 0 ? 0 : took[took.length / 2] / 1e9;
    }

    long rounds() {
      return (steps + localSteps - 1) / localSteps;
    }
  }
}
