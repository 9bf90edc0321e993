package io.github.nolabel.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.OnnxModel;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an ONNX file says about itself. */
public final class OnnxMetadata {

  private OnnxMetadata() {}

  /**
   * The same model with these entries and no others.
   *
   * @throws UserMistake if it is no ONNX model
   */
  public static OnnxModel replaced(OnnxModel model, SortedMap<String, String> entries) {
    try {
      ModelProto.Builder proto = ModelProto.parseFrom(model.bytes()).toBuilder();
      proto.clearMetadataProps();
      entries.forEach(
          (key, value) ->
              proto.addMetadataProps(
                  StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
      return new OnnxModel(proto.build().toByteArray(), model.inputs(), model.outputs());
    } catch (InvalidProtocolBufferException e) {
      throw new UserMistake("This is no ONNX model: %s".formatted(e.getMessage()), e);
    }
  }

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
