package dev.assay.samples;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is to be generated. The same order gives the same bytes.
 *
 * @param rows in total, dirty ones included
 * @param days on how many days they land; purchases are one snapshot whatever it says
 * @param dirty which share of the rows is dirty
 * @param out the folder that the files go to
 * @param start the first landing day
 * @param customers a CSV file with the columns CustID and zip, for tracks; null: ids 0 to 4999
 */
public record SampleOrder(
    Domain domain,
    long rows,
    int days,
    long seed,
    double dirty,
    Format format,
    Compression compression,
    Path out,
    LocalDate start,
    @Nullable Path customers) {
  private static final long MOST_ROWS = 1_000_000_000;
  private static final int MOST_DAYS = 3_660;

  /**
   * An order that can be carried out.
   *
   * @throws AssayException with USAGE if a value is none that makes sense
   */
  public SampleOrder {
    require(rows >= 1 && rows <= MOST_ROWS, "--rows " + rows, "1 to 1000000000 can be made");
    require(days >= 1 && days <= MOST_DAYS, "--days " + days, "1 to 3660 can be made");
    require(dirty >= 0 && dirty <= 0.5, "--dirty " + dirty, "it is a share, from 0 to 0.5");
    require(
        format == Format.CSV || domain.hasFormats(),
        "--format of " + domain.id(),
        "its pipeline takes CSV alone: leave the option out");
    require(
        customers == null || domain == Domain.TRACKS,
        "--customers for " + domain.id(),
        "only tracks are played by customers: leave the option out");
  }

  private static void require(boolean holds, String what, String why) {
    if (!holds) {
      throw new AssayException(ExitCode.USAGE, what + ": " + why);
    }
  }
}
