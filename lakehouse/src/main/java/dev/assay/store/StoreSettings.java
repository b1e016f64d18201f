package dev.assay.store;

import dev.assay.config.StoreConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * The Hadoop settings that reach an object store, without any secret: S3A's credential providers
 * read the environment, or the file that {@code AWS_SHARED_CREDENTIALS_FILE} names.
 */
public final class StoreSettings {
  private StoreSettings() {}

  /** The settings, by Hadoop's names. */
  public static Map<String, String> of(StoreConfig store) {
    Map<String, String> settings = new LinkedHashMap<>();
    store.endpoint().ifPresent(endpoint -> settings.put("fs.s3a.endpoint", endpoint));
    store
        .endpoint()
        .ifPresent(
            endpoint ->
                settings.put(
                    "fs.s3a.connection.ssl.enabled",
                    Boolean.toString(endpoint.startsWith("https"))));
    settings.put("fs.s3a.endpoint.region", store.region());
    settings.put("fs.s3a.path.style.access", Boolean.toString(store.pathStyle()));
    settings.put("fs.s3a.connection.establish.timeout", store.connectTimeout().toMillis() + "ms");
    settings.put("fs.s3a.connection.timeout", store.requestTimeout().toMillis() + "ms");
    settings.put("fs.s3a.connection.request.timeout", store.requestTimeout().toMillis() + "ms");
    // The SDK repeats a request by itself, and S3A repeats that; one of them is enough.
    settings.put("fs.s3a.attempts.maximum", "1");
    settings.put("fs.s3a.retry.limit", Integer.toString(store.attempts()));
    settings.put("fs.s3a.retry.interval", "250ms");
    settings.put("fs.s3a.bucket.probe", "0");
    settings.put("fs.s3a.create.performance", "true");
    settings.put("fs.s3a.aws.credentials.provider", provider(store));
    return settings;
  }

  /** The settings as a Hadoop configuration, for work without Spark. */
  public static Configuration configuration(StoreConfig store) {
    Configuration conf = new Configuration();
    of(store).forEach(conf::set);
    return conf;
  }

  private static String provider(StoreConfig store) {
    if (store.credentialsFile().isEmpty()) {
      return "software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider";
    }
    Path file = Path.of(store.credentialsFile().get());
    OwnerOnly.require("store.credentials-file", file);
    System.setProperty("aws.sharedCredentialsFile", file.toString());
    return "software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider";
  }
}
