package dev.assay.error;

import org.jspecify.annotations.Nullable;

/**
 * An error that a person can act on. Its message says what the problem is, with its values, why it
 * matters, and what to do; its exit code says of which kind it is.
 */
public final class AssayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  public AssayException(ExitCode exitCode, String message) {
    this(exitCode, message, null);
  }

  public AssayException(ExitCode exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The problem, why it matters, and what to do. */
  public String message() {
    return String.valueOf(getMessage());
  }

  /** Of which kind the error is. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
