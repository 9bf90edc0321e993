package io.github.nolabel.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.train.TrainingRuntime.Finding;
import io.github.nolabel.benchmarks.SpeedTest.Workload;
import io.github.nolabel.data.load.Decoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs one of:
 *
 * <pre>
 * smoke    --device cpu|cuda --out FILE [--steps 300] [--only PART,...] [--journal FILE]
 * speed    --device cpu|cuda --out FILE --backbone NAME --stem NAME --size PIXELS --batch N
 *          [--tf32 true] [--seconds 20] [--images FOLDER --workers N]
 *          [--threads N] [--set precision=bf16,imageGradient=transposed,...] [--mixed true]
 * kernels  --out FILE --backbone NAME --stem NAME --size PIXELS --batch N [--rounds 4] [--threads N]
 * loading  --out FILE --images FOLDER --size PIXELS --decode whole|scaled [--seconds 20]
 * pictures --folder FOLDER --count N --size PIXELS
 * doctor
 * </pre>
 */
public final class Main {

  private final Map<String, String> options = new LinkedHashMap<>();
  private final Path folder;

  /**
   * @param folder for files that nobody reads afterwards
   */
  private Main(List<String> words, Path folder) {
    this.folder = folder;
    for (int i = 1; i + 1 < words.size(); i += 2) {
      options.put(words.get(i), words.get(i + 1));
    }
  }

  /** Ends with 0 if all went well, with 1 if a check failed. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("nolabel-benchmark");
    boolean well;
    try {
      well = new Main(List.of(arguments), folder).run(arguments.length == 0 ? "" : arguments[0]);
    } finally {
      delete(folder);
    }
    System.exit(well ? 0 : 1);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private boolean run(String what) throws IOException {
    return switch (what) {
      case "smoke" -> smoke();
      case "speed" -> speed();
      case "kernels" -> kernels();
      case "loading" -> loading();
      case "pictures" -> pictures();
      case "doctor" -> doctor();
      default ->
          throw new IllegalArgumentException(
              "Which one: smoke, speed, kernels, loading, pictures or doctor?");
    };
  }

  private boolean smoke() throws IOException {
    Device device = Device.exact(option("--device", "cpu"));
    Journal journal =
        new Journal(options.containsKey("--journal") ? Path.of(option("--journal", "")) : null);
    List<String> parts = List.of(option("--only", String.join(",", SmokeTest.USUAL)).split(","));
    List<Check> checks =
        new SmokeTest(device, folder, System.out, journal).run(parts, number("--steps", "300"));
    boolean well = checks.stream().allMatch(Check::passed);
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("device", device.name());
    found.put("passed", well);
    found.put("checks", checks.stream().map(Journal::facts).toList());
    write(found);
    return well;
  }

  private Workload workload(String batch) {
    return new Workload(
        option("--backbone", "resnet18"),
        option("--stem", ""),
        number("--size", "32"),
        number("--batch", batch),
        Boolean.parseBoolean(option("--mixed", "false")));
  }

  private boolean kernels() throws IOException {
    KernelTest test = new KernelTest(folder, number("--threads", "0"));
    Map<String, Object> found = test.compare(workload("64"), number("--rounds", "4"));
    System.out.println(found);
    write(found);
    return true;
  }

  private boolean speed() throws IOException {
    Workload workload = workload("512");
    SpeedTest test =
        new SpeedTest(device(), folder, number("--warm-up", "0"), number("--seconds", "20"));
    Map<String, Object> found =
        options.containsKey("--images")
            ? test.endToEnd(workload, Path.of(option("--images", "")), number("--workers", "2"))
            : test.compute(workload);
    System.out.println(found);
    write(found);
    return true;
  }

  private Device device() {
    boolean tf32 = Boolean.parseBoolean(option("--tf32", "true"));
    Device device = Device.of(option("--device", "cpu"), tf32).threads(number("--threads", "0"));
    for (String pair : option("--set", "").split(",", -1)) {
      int equals = pair.indexOf('=');
      device =
          equals < 0 ? device : device.with(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return device;
  }

  private boolean loading() throws IOException {
    Decoding decoding = Decoding.valueOf(option("--decode", "whole").toUpperCase(Locale.ROOT));
    LoadingTest test =
        new LoadingTest(number("--size", "224"), decoding, number("--seconds", "20"));
    Map<String, Object> found = test.measure(Path.of(option("--images", "")));
    System.out.println(found);
    write(found);
    return true;
  }

  private boolean pictures() {
    Pictures.write(
        Path.of(option("--folder", "pictures")),
        number("--count", "2048"),
        number("--size", "256"));
    return true;
  }

  private static boolean doctor() {
    List<Finding> findings = TrainingRuntime.find().examine();
    findings.forEach(f -> System.out.printf("%-20s %s%n", f.subject(), f.detail()));
    return findings.stream().allMatch(Finding::well);
  }

  private String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  private int number(String name, String otherwise) {
    return Integer.parseInt(option(name, otherwise));
  }

  private void write(Map<String, Object> found) throws IOException {
    Path target = Path.of(option("--out", "result.json")).toAbsolutePath();
    OutputFiles.LOCAL.write(
        target, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(found));
  }
}
