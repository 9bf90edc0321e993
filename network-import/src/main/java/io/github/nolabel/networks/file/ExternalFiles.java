package io.github.nolabel.networks.file;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.networks.weights.PlainText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Weights in files beside the model; nowhere else. */
final class ExternalFiles {

  private static final long LARGEST = Integer.MAX_VALUE - 16L;
  private static final Pattern PLAIN = Pattern.compile("(?!\\.\\.?$)[^/\\\\:\\x00]+");

  private final Path model;
  private final Map<String, ByteBuffer> contents = new LinkedHashMap<>();

  ExternalFiles(Path model) {
    this.model = model;
  }

  /** The bytes of a tensor that does not hold them itself. */
  ByteBuffer bytes(TensorProto tensor) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    String location = PlainText.of(entries.getOrDefault("location", ""));
    ByteBuffer all =
        contents.computeIfAbsent(location, l -> map(PlainText.of(tensor.getName()), l));
    long offset = number(tensor, entries.getOrDefault("offset", "0"));
    String rest = Long.toString(Math.max(0, all.capacity() - offset));
    long length = number(tensor, entries.getOrDefault("length", rest));
    if (offset > all.capacity() || length > all.capacity() - offset) {
      throw new UserMistake(
          "%s: weight '%s' lies beyond the end of '%s' (%d bytes). Is the file complete?"
              .formatted(model, PlainText.of(tensor.getName()), location, all.capacity()));
    }
    return all.slice((int) offset, (int) length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The model and the files that were asked for. */
  List<Path> parts() {
    List<Path> parts = new ArrayList<>(List.of(model));
    contents.keySet().forEach(location -> parts.add(model.resolveSibling(location)));
    return parts;
  }

  Map<String, ByteBuffer> contents() {
    return Collections.unmodifiableMap(contents);
  }

  private ByteBuffer map(String weight, String location) {
    Path file = beside(weight, location);
    if (!Files.isRegularFile(file)) {
      throw new UserMistake(
          "%s keeps its weights in '%s', which is not beside it. Put it there, or export the model into one file."
              .formatted(model, location));
    }
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > LARGEST) {
        throw new UserMistake("%s is larger than 2 GiB.".formatted(file));
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    } catch (IOException e) {
      throw new UserMistake("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  /** A plain file name; symbolic links out of the folder are somebody else's file too. */
  private Path beside(String weight, String location) {
    Path file = PLAIN.matcher(location).matches() ? model.resolveSibling(location) : model;
    if (file.equals(model) || Files.isSymbolicLink(file)) {
      throw new UserMistake(
          "%s wants weight '%s' from '%s'. Weights are read only from a file in the model's own folder."
              .formatted(model, weight, location));
    }
    return file;
  }

  private long number(TensorProto tensor, String text) {
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new UserMistake(place(tensor, text), e);
    }
    throw new UserMistake(place(tensor, text));
  }

  private String place(TensorProto tensor, String text) {
    return "%s: weight '%s' has the place '%s' in its file, expected a whole number of bytes."
        .formatted(model, PlainText.of(tensor.getName()), PlainText.of(text));
  }
}
