package io.github.nolabel.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.nolabel.api.UserMistake;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an ONNX file says about itself. */
public final class OnnxMetadata {

  private OnnxMetadata() {}

  /**
   * The entries that {@link OnnxWriter#inference} or somebody else put there.
   *
   * @throws UserMistake if the bytes are no ONNX model
   */
  public static SortedMap<String, String> read(byte[] model) {
    try {
      Map<String, String> entries = new TreeMap<>();
      ModelProto.parseFrom(model)
          .getMetadataPropsList()
          .forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
      return new TreeMap<>(entries);
    } catch (InvalidProtocolBufferException e) {
      throw new UserMistake("This is no ONNX model: %s".formatted(e.getMessage()), e);
    }
  }
}
