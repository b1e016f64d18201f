package dev.assay.error;

import java.util.Arrays;

/** What a command's exit says; Airflow's operator and the documentation use the same words. */
public enum ExitCode {
  /** Published, or nothing to do. */
  DONE(0),
  /** Something nobody foresaw. */
  UNEXPECTED(1),
  /** The command line or the configuration is wrong. */
  USAGE(2),
  /** A check refused the publication. */
  REFUSED(3),
  /** An input that must be there is missing. */
  INPUT_MISSING(4),
  /** Another writer published in between. */
  FENCED(5),
  /** The store, or a database, does not answer, or not to us, or with errors of its own. */
  STORE_UNREACHABLE(6),
  /** There is no data for that day, and there need not be. */
  NO_DATA(7);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number that the process exits with. */
  public int code() {
    return code;
  }

  /** What a process of Assay ended with; a code that is none of ours is unexpected. */
  public static ExitCode of(int code) {
    return Arrays.stream(values()).filter(one -> one.code == code).findFirst().orElse(UNEXPECTED);
  }
}
