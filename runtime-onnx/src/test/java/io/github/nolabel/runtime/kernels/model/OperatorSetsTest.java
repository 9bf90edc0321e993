package io.github.nolabel.runtime.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.InvalidProtocolBufferException;
import org.junit.jupiter.api.Test;

class OperatorSetsTest {

  private static final ModelProto STANDARD =
      ModelProto.newBuilder()
          .setIrVersion(8)
          .addOpsetImport(set("", 17))
          .setProducerName("test")
          .build();

  @Test
  void aModelWithoutTheDomainNamesItsVersion() throws InvalidProtocolBufferException {
    ModelProto named = ModelProto.parseFrom(OperatorSets.named(STANDARD.toByteArray()));
    assertThat(named)
        .isEqualTo(STANDARD.toBuilder().addOpsetImport(set("com.microsoft", 1)).build());
  }

  @Test
  void aModelThatNamesItStaysAsItIs() {
    byte[] model =
        STANDARD.toBuilder().addOpsetImport(set("com.microsoft", 1)).build().toByteArray();
    assertThat(OperatorSets.named(model)).isSameAs(model);
  }

  private static OperatorSetIdProto set(String domain, long version) {
    return OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }
}
