package io.github.nolabel.runtime.kernels.model;

import io.github.nolabel.runtime.kernels.model.ProtoFields.Field;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Names the version of ONNX Runtime's own operators in models that use none. A session with kernels
 * of that domain takes the domain's newest version to be 1000 and would read such a model so; what
 * the optimizer then brings in, such as FusedMatMul, has no version 1000.
 */
public final class OperatorSets {

  private static final String DOMAIN = "com.microsoft";
  private static final int VERSION = 1;

  /** ModelProto's opset_import, a message. */
  private static final int IMPORT = 8;

  private OperatorSets() {}

  /** The same model, with the domain among its imports. */
  public static byte[] named(byte[] model) {
    return named(model, DOMAIN);
  }

  /** The same model, with version 1 of this domain among its imports. */
  public static byte[] named(byte[] model, String domain) {
    return isNamed(model, domain) ? model : joined(model, entry(domain));
  }

  private static boolean isNamed(byte[] model, String domain) {
    return ProtoFields.of(ByteBuffer.wrap(model)).stream()
        .filter(field -> field.number() == IMPORT)
        .flatMap(set -> set.fields().stream())
        .anyMatch(field -> field.number() == 1 && field.text().equals(domain));
  }

  /** OperatorSetIdProto: domain 1, version 2. What follows a message belongs to it. */
  private static byte[] entry(String name) {
    byte[] domain = name.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream set = new ByteArrayOutputStream();
    set.write(1 << 3 | Field.LENGTH);
    set.write(domain.length);
    set.writeBytes(domain);
    set.write(2 << 3 | Field.VARINT);
    set.write(VERSION);
    return joined(new byte[] {IMPORT << 3 | Field.LENGTH, (byte) set.size()}, set.toByteArray());
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
