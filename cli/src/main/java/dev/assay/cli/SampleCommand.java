package dev.assay.cli;

import dev.assay.error.ExitCode;
import dev.assay.samples.Compression;
import dev.assay.samples.Domain;
import dev.assay.samples.Format;
import dev.assay.samples.SampleOrder;
import dev.assay.samples.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay sample}: generated feeds, and the truth about them; starts no Spark. */
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a generated feed, and truth.json: what the marts must reach.",
      "The same options give the same bytes."
    })
final class SampleCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DOMAIN", description = "ads, web, tracks or purchases")
  private Domain domain = Domain.ADS;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "how many rows; 1000000 ads, 300000 web or tracks, 100000 purchases if absent")
  private @Nullable Long rows;

  @Option(
      names = "--days",
      paramLabel = "D",
      defaultValue = "30",
      description = "on how many days they land (${DEFAULT-VALUE}); purchases are one snapshot")
  private int days;

  @Option(
      names = "--start",
      paramLabel = "D",
      defaultValue = "2026-01-01",
      description = "the first landing day (${DEFAULT-VALUE})")
  private LocalDate start = LocalDate.EPOCH;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "42",
      description = "another seed gives other rows (${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--dirty",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "which share of the rows is dirty, as 0.02 (${DEFAULT-VALUE})")
  private double dirty;

  @Option(
      names = "--format",
      paramLabel = "F",
      defaultValue = "csv",
      description = "of ads and web: csv, json or parquet (${DEFAULT-VALUE})")
  private Format format = Format.CSV;

  @Option(
      names = "--compress",
      paramLabel = "C",
      defaultValue = "none",
      description = "none or gzip (${DEFAULT-VALUE})")
  private Compression compression = Compression.NONE;

  @Option(
      names = "--customers",
      paramLabel = "FILE",
      description = "who plays tracks: a CSV file with CustID and zip; ids 0 to 4999 if absent")
  private @Nullable Path customers;

  @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "where to")
  private Path out = Path.of("");

  @Override
  public Integer call() throws IOException {
    SampleOrder order =
        new SampleOrder(
            domain,
            rows == null ? domain.usualRows() : rows,
            days,
            seed,
            dirty,
            format,
            compression,
            out,
            start,
            customers);
    Samples.Written written = Samples.write(order, Runtime.getRuntime().availableProcessors());
    Path last = written.files().get(written.files().size() - 1);
    Output.out()
        .println(
            written.rows()
                + " rows in "
                + written.files().size()
                + " files, the last is "
                + last
                + "; "
                + written.truth()
                + " says what the marts must reach");
    return ExitCode.DONE.code();
  }
}
