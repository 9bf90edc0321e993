package io.github.nolabel.api.provenance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Collects content into a SHA-256. Not thread-safe. */
public final class Fingerprint {

  private final MessageDigest digest = sha256();

  public Fingerprint add(byte[] content) {
    digest.update(content);
    return this;
  }

  public Fingerprint add(ByteBuffer content) {
    digest.update(content.duplicate());
    return this;
  }

  public Fingerprint add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8)).add(new byte[] {0});
  }

  public Fingerprint add(long number) {
    return add(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
  }

  /** The 64 hexadecimal digits; resets the collection. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
