package dev.assay.error;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Turns whatever was thrown into an error that a person can act on. */
public final class Failures {
  /** What Spark throws at an expression that it cannot resolve or parse; named, as stores' are. */
  private static final Set<String> SQL_PROBLEMS =
      Set.of("AnalysisException", "ExtendedAnalysisException", "ParseException");

  /** What S3A throws when a store answered with an error of its own, more often than is tried. */
  private static final Set<String> STORE_ERRORS =
      Set.of("AWSStatus500Exception", "AWSServiceThrottledException");

  /** What S3A throws when a connection ended before the answer, more often than is tried. */
  private static final Set<String> LOST_ANSWERS =
      Set.of("AWSNoResponseException", "HttpChannelEOFException", "AWSApiCallTimeoutException");

  private Failures() {}

  /** The error that {@code thrown} is or holds, or else what is known about its cause. */
  public static AssayException explain(Throwable thrown) {
    List<Throwable> causes = causes(thrown);
    return Stream.<Function<Throwable, Optional<AssayException>>>of(
            Failures::known,
            cause ->
                storeProblem(cause).map(why -> failure(ExitCode.STORE_UNREACHABLE, why, thrown)),
            cause -> sqlProblem(cause).map(why -> failure(ExitCode.USAGE, why, thrown)))
        .flatMap(look -> causes.stream().map(look).flatMap(Optional::stream))
        .findFirst()
        .orElseGet(() -> unexpected(thrown));
  }

  /**
   * What led to an error. What went wrong as a task ended, where its files are closed, is no cause
   * of what Spark then throws, but held back with it.
   */
  private static List<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .flatMap(
            cause ->
                cause.getClass().getSimpleName().equals("TaskCompletionListenerException")
                    ? Stream.concat(
                        Stream.of(cause),
                        Arrays.stream(cause.getSuppressed())
                            .map(Failures::causes)
                            .flatMap(List::stream))
                    : Stream.of(cause))
        .toList();
  }

  private static AssayException unexpected(Throwable thrown) {
    return new AssayException(
        ExitCode.UNEXPECTED,
        "unexpected: "
            + thrown
            + "; readers see the release before this run, or this one whole. The log above has the"
            + " stack; run the stage again, and report it if it happens again",
        thrown);
  }

  private static Optional<AssayException> known(Throwable cause) {
    return cause instanceof AssayException known ? Optional.of(known) : Optional.empty();
  }

  private static AssayException failure(ExitCode code, String why, Throwable thrown) {
    return new AssayException(code, why, thrown);
  }

  private static Optional<String> sqlProblem(Throwable cause) {
    return SQL_PROBLEMS.contains(cause.getClass().getSimpleName())
        ? Optional.of(
            "Spark does not understand an expression or a query ("
                + cause.getMessage()
                + "); correct it in conf, or in the transform")
        : Optional.empty();
  }

  private static Optional<String> storeProblem(Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    String lower = text.toLowerCase(Locale.ROOT);
    String type = cause.getClass().getSimpleName();
    if (type.equals("UnknownStoreException") || lower.contains("nosuchbucket")) {
      return Optional.of("the bucket does not exist (" + text + "); create it, or set ASSAY_LAKE");
    }
    if (lower.contains("invalidaccesskeyid")
        || lower.contains("signaturedoesnotmatch")
        || type.equals("NoAuthWithAWSException")
        || type.equals("CredentialInitializationException")
        || type.equals("NoAwsCredentialsException")) {
      return Optional.of(
          "the store refuses the credentials ("
              + text
              + "); set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or store.credentials-file");
    }
    if (type.equals("AccessDeniedException") && lower.contains("s3")) {
      // A store answers a request without a body, as for "is it there?", with 403 and no reason.
      return Optional.of(
          "the store refuses these credentials, or does not let them read or write there ("
              + text
              + "); check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or store.credentials-file,"
              + " then the rights of that user");
    }
    if (type.equals("AccessDeniedException") || lower.contains("read-only file system")) {
      return Optional.of(
          "the store does not let us read or write there ("
              + text
              + "); give this user write access to the lake");
    }
    if (lower.contains("no space left on device")
        || lower.contains("storagefull")
        || lower.contains("minimum free drive threshold")) {
      return Optional.of("the store is full (" + text + "); free space and run the stage again");
    }
    if (STORE_ERRORS.contains(type)
        || lower.contains("conditionalrequestconflict")
        || lower.contains("operationaborted")) {
      return Optional.of(
          "the store answers with errors of its own ("
              + text
              + "); see in its log why, and run the stage again when it is well");
    }
    if (LOST_ANSWERS.contains(type)
        || cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof SocketTimeoutException
        || cause instanceof NoRouteToHostException
        || isUnanswered(cause, lower)) {
      return Optional.of(
          "the store does not answer (" + text + "); start it, or correct store.endpoint");
    }
    return Optional.empty();
  }

  private static boolean isUnanswered(Throwable cause, String lower) {
    return cause instanceof IOException
        && (lower.contains("connection refused")
            || lower.contains("unable to execute http request")
            || lower.contains("connect to")
            || lower.contains("service unavailable"));
  }
}
