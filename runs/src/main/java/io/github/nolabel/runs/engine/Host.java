package io.github.nolabel.runs.engine;

import io.github.nolabel.api.train.TrainingRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What a run ran on. */
public final class Host {

  private static final Set<String> FACTS = Set.of("Processor", "Memory");

  private Host() {}

  /** Of Nolabel, Java, the operating system and what the runtime names. */
  public static Map<String, String> versions(TrainingRuntime runtime) {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("nolabel", nolabel());
    versions.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    versions.put(
        "os",
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    versions.putAll(runtime.versions());
    return versions;
  }

  /** This program's version. */
  public static String nolabel() {
    Properties properties = new Properties();
    try (InputStream in =
        Host.class.getResourceAsStream("/io/github/nolabel/runs/version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the class path cannot be read", e);
    }
    return properties.getProperty("version", "unknown");
  }

  /** Processor, memory, cores, and the threads and kernels that a run uses. */
  static Map<String, String> facts(
      TrainingRuntime runtime, int threads, int workers, String kernels) {
    Map<String, String> facts = new LinkedHashMap<>();
    runtime.examine().stream()
        .filter(finding -> FACTS.contains(finding.subject()))
        .forEach(finding -> facts.put(lower(finding.subject()), finding.detail()));
    int cores = Runtime.getRuntime().availableProcessors();
    facts.put("cores", Integer.toString(cores));
    facts.put("threads", Integer.toString(threads > 0 ? threads : cores));
    facts.put("workers", Integer.toString(workers));
    facts.put("kernels", kernels);
    return facts;
  }

  /** The commit checked out in the folder where the program was started; empty if there is none. */
  static String gitRevision() {
    try {
      Process git =
          new ProcessBuilder(List.of("git", "rev-parse", "HEAD"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      git.getOutputStream().close();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor(2, TimeUnit.SECONDS) && git.exitValue() == 0 ? said.strip() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(java.util.Locale.ROOT);
  }
}
