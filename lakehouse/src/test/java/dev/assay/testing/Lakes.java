package dev.assay.testing;

import dev.assay.config.StoreConfig;
import dev.assay.store.LakeStore;
import dev.assay.store.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/** Lakes to test on: a folder, or a prefix of a bucket of MinIO. */
public final class Lakes {
  private Lakes() {}

  /** How MinIO is reached; its credentials are in a file of mode 600. */
  public static StoreConfig minio() {
    return store(MinioServer.get().endpoint(), credentials());
  }

  /** How a store is reached. */
  public static StoreConfig store(String endpoint, String credentialsFile) {
    return store(endpoint, credentialsFile, Duration.ofSeconds(10));
  }

  /** How a store is reached whose answers are waited for so long. */
  public static StoreConfig store(String endpoint, String credentialsFile, Duration wait) {
    return new StoreConfig(
        endpoint, "us-east-1", true, Duration.ofSeconds(2), wait, 2, credentialsFile);
  }

  /** A new lake's root in MinIO. */
  public static String newRoot() {
    return newRoot("lakes");
  }

  /**
   * A new lake's root in a bucket of MinIO. Hadoop keeps one way to a bucket in a JVM, so that a
   * test which goes another way takes a bucket of its own.
   */
  public static String newRoot(String bucket) {
    makeBucket(bucket);
    return "s3a://" + bucket + "/" + UUID.randomUUID();
  }

  /** A lake in MinIO. */
  public static LakeStore lake(String root) {
    Configuration conf = StoreSettings.configuration(minio());
    return new LakeStore(root, conf);
  }

  /** A file with the credentials of MinIO. */
  public static String credentials() {
    return credentials(MinioServer.USER, MinioServer.SECRET);
  }

  /** A file with some credentials. */
  public static String credentials(String user, String secret) {
    try {
      Path file =
          Files.createTempFile(
              "assay-credentials",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          file,
          "[default]\naws_access_key_id = " + user + "\naws_secret_access_key = " + secret + "\n");
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void makeBucket(String bucket) {
    software.amazon.awssdk.auth.credentials.AwsBasicCredentials credentials =
        software.amazon.awssdk.auth.credentials.AwsBasicCredentials.create(
            MinioServer.USER, MinioServer.SECRET);
    try (software.amazon.awssdk.services.s3.S3Client client =
        software.amazon.awssdk.services.s3.S3Client.builder()
            .endpointOverride(java.net.URI.create(MinioServer.get().endpoint()))
            .region(software.amazon.awssdk.regions.Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                software.amazon.awssdk.auth.credentials.StaticCredentialsProvider.create(
                    credentials))
            .build()) {
      if (client.listBuckets().buckets().stream().noneMatch(one -> one.name().equals(bucket))) {
        client.createBucket(request -> request.bucket(bucket));
      }
    }
  }
}
