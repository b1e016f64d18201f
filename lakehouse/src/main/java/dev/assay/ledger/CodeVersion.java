package dev.assay.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which code runs: the name and hash of the JAR, as every attempt and commit records it. */
public final class CodeVersion {
  private static final String HASH = " sha256:";

  /** A JAR is read once a process, not once an attempt. */
  private static final Map<URI, String> VERSIONS = new ConcurrentHashMap<>();

  private CodeVersion() {}

  /** {@code jobs-silver.jar sha256:0123456789abcdef}; the folder's name where there is no JAR. */
  public static String of(Class<?> type) {
    return VERSIONS.computeIfAbsent(location(type), CodeVersion::of);
  }

  /** The JAR that a class is of; empty where there is none. */
  public static Optional<Path> jar(Class<?> type) {
    Path code = Path.of(location(type));
    return Files.isDirectory(code) ? Optional.empty() : Optional.of(code);
  }

  /** Whether a version is that of a JAR's content. */
  public static boolean isOf(String version, byte[] content) {
    return hash(version).equals(Hashes.sha256(content));
  }

  /** Of a version, the JAR's hash alone; the whole where there is no JAR. */
  static String hash(String version) {
    return version.substring(version.indexOf(HASH) < 0 ? 0 : version.indexOf(HASH) + HASH.length());
  }

  private static URI location(Class<?> type) {
    try {
      return type.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no path to the code of " + type, e);
    }
  }

  private static String of(URI location) {
    Path code = Path.of(location);
    if (Files.isDirectory(code)) {
      return "classes";
    }
    try {
      return code.getFileName() + HASH + Hashes.sha256(Files.readAllBytes(code));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
