package dev.assay.samples;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Orders of small feeds. */
final class Orders {
  static final LocalDate START = LocalDate.of(2026, 1, 1);

  private Orders() {}

  static SampleOrder csv(Domain domain, long rows, int days, double dirty, Path out) {
    return order(domain, rows, days, 42, dirty, Format.CSV, out);
  }

  static SampleOrder order(
      Domain domain, long rows, int days, long seed, double dirty, Format format, Path out) {
    return order(domain, rows, days, seed, dirty, format, Compression.NONE, out, null);
  }

  static SampleOrder order(
      Domain domain,
      long rows,
      int days,
      long seed,
      double dirty,
      Format format,
      Compression compression,
      Path out,
      @Nullable Path customers) {
    return new SampleOrder(
        domain, rows, days, seed, dirty, format, compression, out, START, customers);
  }

  /** What the truth file says. */
  static JsonNode truth(Samples.Written written) throws IOException {
    return Json.tree(Files.readString(written.truth()));
  }
}
