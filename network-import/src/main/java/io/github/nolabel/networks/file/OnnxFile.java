package io.github.nolabel.networks.file;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.networks.weights.PlainText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model as it lies on disk.
 *
 * @param opset version of the standard operators
 * @param metadata what the file says about itself
 * @param parts the file, then the files beside it that hold its weights
 * @param sha256 of all parts' contents
 */
public record OnnxFile(
    String producer,
    long opset,
    OnnxGraph graph,
    Map<OnnxOperator, OnnxFunction> functions,
    SortedMap<String, String> metadata,
    List<Path> parts,
    String sha256) {

  private static final long LARGEST = Integer.MAX_VALUE - 16L;

  public OnnxFile {
    functions = Collections.unmodifiableMap(new LinkedHashMap<>(functions));
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    parts = List.copyOf(parts);
  }

  /**
   * Reads a file and the weights beside it.
   *
   * @throws UserMistake if there is none, it is damaged, too large, or wants files from elsewhere
   */
  public static OnnxFile read(Path file) {
    byte[] bytes = bytes(file);
    try {
      return read(ModelProto.parseFrom(bytes), bytes, file);
    } catch (InvalidProtocolBufferException e) {
      throw new UserMistake("%s is no ONNX model, or damaged: %s".formatted(file, reason(e)), e);
    }
  }

  private static OnnxFile read(ModelProto model, byte[] bytes, Path file) {
    if (!model.hasGraph() || model.getOpsetImportCount() == 0) {
      throw new UserMistake(
          "%s is no ONNX model: it has %s."
              .formatted(file, model.hasGraph() ? "no operator set" : "no graph"));
    }
    ExternalFiles external = new ExternalFiles(file);
    GraphReader reader = new GraphReader(file, external);
    OnnxGraph graph = reader.graph(model.getGraph(), 0);
    Map<OnnxOperator, OnnxFunction> functions = reader.functions(model.getFunctionsList());
    SortedMap<String, String> metadata = new TreeMap<>();
    model.getMetadataPropsList().forEach(e -> metadata.put(e.getKey(), PlainText.of(e.getValue())));
    Fingerprint fingerprint = new Fingerprint().add(bytes);
    external.contents().forEach((name, contents) -> fingerprint.add(name).add(contents));
    return new OnnxFile(
        model.getProducerName(),
        standardOpset(model.getOpsetImportList()),
        graph,
        functions,
        metadata,
        external.parts(),
        fingerprint.hex());
  }

  /** Zero if there is none. */
  static long standardOpset(List<OperatorSetIdProto> opsets) {
    return opsets.stream()
        .filter(o -> o.getDomain().isEmpty() || o.getDomain().equals("ai.onnx"))
        .mapToLong(OperatorSetIdProto::getVersion)
        .max()
        .orElse(0);
  }

  private static byte[] bytes(Path file) {
    if (!Files.exists(file)) {
      throw new UserMistake("There is no file %s.".formatted(file));
    }
    if (Files.isDirectory(file)) {
      throw new UserMistake("%s is a folder, expected an ONNX file.".formatted(file));
    }
    if (!Files.isRegularFile(file)) {
      throw new UserMistake("%s is a device or pipe, expected an ONNX file.".formatted(file));
    }
    try {
      if (Files.size(file) > LARGEST) {
        throw new UserMistake(
            "%s is larger than 2 GiB, the most an ONNX file may have; export it with its weights in a file beside it."
                .formatted(file));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UserMistake("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private static String reason(InvalidProtocolBufferException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
  }
}
