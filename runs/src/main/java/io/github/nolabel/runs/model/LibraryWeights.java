package io.github.nolabel.runs.model;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.export.PreprocessingMetadata;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.inference.ModelCard;
import io.github.nolabel.runs.file.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A backbone's weights under the names of a Python library, to be written as safetensors. There is
 * no classifier among them: the library's network is built without one.
 *
 * @param tensors by the library's name; float32
 */
public record LibraryWeights(Map<String, Tensor> tensors, ModelCard card) {

  private static final List<String> LANDMARKS =
      List.of("layer1/0/conv1/weight", "patch_embed/proj/weight");
  private static final List<String> ROLES = List.of("query", "key", "value");
  private static final int ALIGNMENT = 8;

  public LibraryWeights {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * @param weights by our own name
   * @throws UserMistake if the library has no such network
   */
  public static LibraryWeights of(
      Map<String, Tensor> weights, WeightLibrary library, ModelCard card) {
    String landmark = landmark(weights, library);
    String folder = landmark.substring(0, landmark.length() - kind(landmark).length());
    boolean transformer = kind(landmark).equals(LANDMARKS.get(1));
    Map<String, Tensor> named = new LinkedHashMap<>();
    parts(weights, library)
        .forEach(
            (own, tensor) ->
                named.put(
                    library
                        .name(own.substring(folder.length()), transformer)
                        .orElseThrow(() -> unnamed(own, library)),
                    tensor));
    return new LibraryWeights(named, card);
  }

  /** The joint matrix of attention as three, where the library has them apart. */
  private static Map<String, Tensor> parts(Map<String, Tensor> weights, WeightLibrary library) {
    if (!library.splitsAttention()) {
      return weights;
    }
    Map<String, Tensor> parts = new LinkedHashMap<>();
    weights.forEach(
        (name, tensor) -> {
          if (name.contains("/attn/qkv/")) {
            for (int role = 0; role < ROLES.size(); role++) {
              parts.put(name.replace("/qkv/", "/" + ROLES.get(role) + "/"), third(tensor, role));
            }
          } else {
            parts.put(name, tensor);
          }
        });
    return parts;
  }

  private static Tensor third(Tensor joint, int number) {
    float[] values = joint.toFloats();
    int length = values.length / ROLES.size();
    long[] shape = joint.shape().at(1);
    shape[0] /= ROLES.size();
    return Tensor.of(Arrays.copyOfRange(values, number * length, (number + 1) * length), shape);
  }

  private static String landmark(Map<String, Tensor> weights, WeightLibrary library) {
    return weights.keySet().stream()
        .filter(name -> LANDMARKS.stream().anyMatch(name::endsWith))
        .findFirst()
        .orElseThrow(
            () ->
                new UserMistake(
                    "The backbone is neither a ResNet nor a vision transformer, so %s has no names for its weights. Export it as ONNX: --output FILE.onnx."
                        .formatted(library.label())));
  }

  private static String kind(String landmark) {
    return LANDMARKS.stream().filter(landmark::endsWith).findFirst().orElseThrow();
  }

  private static UserMistake unnamed(String own, WeightLibrary library) {
    return new UserMistake(
        "%s has no counterpart of the weight %s. Export the backbone as ONNX (--output FILE.onnx)%s."
            .formatted(
                library.label(),
                own,
                library == WeightLibrary.TIMM ? "" : ", or try --names timm"));
  }

  /** With further provenance. */
  public LibraryWeights noting(Map<String, String> notes) {
    Map<String, String> provenance = new LinkedHashMap<>(card.provenance());
    provenance.putAll(notes);
    return new LibraryWeights(tensors, new ModelCard(card.preprocessing(), provenance));
  }

  /** Writes the file and, beside it, how images are prepared as {@code NAME.json}. */
  public void write(Path file, OutputFiles files) {
    files.write(file, this::writeTo);
    Map<String, Object> described = card.described(List.of(), List.of());
    described.remove("input");
    described.remove("output");
    files.write(BackboneFile.cardOf(file), Json.pretty(described));
  }

  private void writeTo(OutputStream out) throws IOException {
    byte[] header = header();
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    length.putLong(header.length);
    out.write(length.array());
    out.write(header);
    for (Tensor tensor : tensors.values()) {
      out.write(bytes(tensor));
    }
  }

  private byte[] header() {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("__metadata__", metadata());
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      if (tensor.type() != ElementType.FLOAT) {
        throw new IllegalStateException(entry.getKey() + " is " + tensor.type());
      }
      long end = offset + bytes(tensor).length;
      header.put(
          entry.getKey(),
          Map.of("dtype", "F32", "shape", extents(tensor), "data_offsets", List.of(offset, end)));
      offset = end;
    }
    byte[] text = Json.compact(header).getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(text, (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }

  /** What PyTorch asks for, preprocessing and provenance, all as texts. */
  private Map<String, String> metadata() {
    Map<String, String> metadata = new TreeMap<>(card.metadata());
    metadata.putAll(PreprocessingMetadata.of(card.preprocessing()));
    metadata.put("format", "pt");
    return metadata;
  }

  private static List<Long> extents(Tensor tensor) {
    return tensor.shape().dims().stream().map(dim -> dim.extent()).toList();
  }

  private static byte[] bytes(Tensor tensor) {
    float[] values = tensor.toFloats();
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
