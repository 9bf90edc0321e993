package io.github.nolabel.runtime.memory;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.train.MemoryExhaustedException;
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
   * @throws MemoryExhaustedException with the native message if memory is what lacks
   * @throws OnnxRuntimeException with the native message of any other failure
   */
  public void check(@Nullable OrtStatus status, String attempt) {
    String message = messageOf(status);
    if (message != null) {
      throw failure(attempt, message);
    }
  }

  static NolabelException failure(String attempt, String message) {
    return MemoryShortage.isIn(message)
        ? new MemoryExhaustedException(
            "The memory does not suffice to %s. Use a smaller batch or image size. ONNX Runtime says: %s"
                .formatted(attempt, message))
        : new OnnxRuntimeException("ONNX Runtime could not %s: %s".formatted(attempt, message));
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
