package dev.assay.config;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The object store behind {@code s3a://}. Credentials are never here: they come from the
 * environment ({@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY}) or from a file of mode
 * 600.
 *
 * @param endpointText the store's address, none for AWS itself
 * @param region the region requests are signed for
 * @param pathStyle whether buckets are part of the path instead of the host's name
 * @param connectTimeout how long to wait for a connection
 * @param requestTimeout how long one request may take
 * @param attempts how often a request is tried before the store counts as unreachable
 * @param credentialsFileText a file in the format of the AWS shared credentials file
 */
public record StoreConfig(
    @Nullable String endpointText,
    String region,
    boolean pathStyle,
    Duration connectTimeout,
    Duration requestTimeout,
    int attempts,
    @Nullable String credentialsFileText) {

  /** The store's address, if it is not AWS itself. */
  public Optional<String> endpoint() {
    return Optional.ofNullable(endpointText);
  }

  /** The file that holds the credentials, if they are not in the environment. */
  public Optional<String> credentialsFile() {
    return Optional.ofNullable(credentialsFileText);
  }
}
