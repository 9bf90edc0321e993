package io.github.nolabel.runtime.device;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What NVIDIA's kernel driver tells of itself in files.
 *
 * @param version such as {@code 580.159.04}; empty if the driver tells none
 * @param cards names of the cards, in the driver's order
 */
public record CudaDriver(String version, List<String> cards) {

  /** The oldest driver, by the first part of its version, that runs CUDA 13. */
  static final int OLDEST = 580;

  private static final Path FACTS = Path.of("/proc/driver/nvidia");
  private static final Pattern VERSION = Pattern.compile("\\b(\\d{3,})\\.\\d+(\\.\\d+)?\\b");

  public CudaDriver {
    cards = List.copyOf(cards);
  }

  /** The driver of this computer. */
  public static CudaDriver ofThisComputer() {
    return in(FACTS);
  }

  static CudaDriver in(Path facts) {
    Matcher found = VERSION.matcher(text(facts.resolve("version")));
    return new CudaDriver(found.find() ? found.group() : "", cards(facts.resolve("gpus")));
  }

  private static List<String> cards(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
      folders.forEach(card -> files.add(card.resolve("information")));
    } catch (IOException e) {
      return List.of();
    }
    Collections.sort(files);
    return files.stream()
        .flatMap(file -> text(file).lines())
        .filter(line -> line.startsWith("Model:"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  /** Whether it told anything. */
  public boolean isPresent() {
    return !version.isEmpty() || !cards.isEmpty();
  }

  /** Whether the driver says that it is too old for CUDA 13. */
  public boolean isTooOld() {
    OptionalInt major = major();
    return major.isPresent() && major.getAsInt() < OLDEST;
  }

  private OptionalInt major() {
    return version.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(version.substring(0, version.indexOf('.'))));
  }

  /** Version and cards, for people. */
  public String described() {
    String named = version.isEmpty() ? "of unknown version" : version;
    return cards.isEmpty() ? named : named + ", " + String.join(", ", cards);
  }
}
