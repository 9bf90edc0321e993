package io.github.nolabel.runtime.memory;

import org.bytedeco.onnxruntime.OrtApi;
import org.bytedeco.onnxruntime.OrtStatus;
import org.jspecify.annotations.Nullable;

/** Native status to exceptions. */
public final class OrtErrors {

  private final OrtApi api;

  OrtErrors(OrtApi api) {
    this.api = api;
  }

  /**
   * Returns if {@code status} means success; else frees it and throws.
   *
   * @param attempt what was tried, to follow "could not"
   * @throws OnnxRuntimeException with the native message
   */
  public void check(@Nullable OrtStatus status, String attempt) {
    String message = messageOf(status);
    if (message != null) {
      throw new OnnxRuntimeException("ONNX Runtime could not %s: %s".formatted(attempt, message));
    }
  }

  /** The native message of a failure, or null for success; frees the status. */
  public @Nullable String messageOf(@Nullable OrtStatus status) {
    if (status == null || status.isNull()) {
      return null;
    }
    try {
      return api.GetErrorMessage().call(status).getString().strip();
    } finally {
      api.ReleaseStatus(status);
    }
  }
}
