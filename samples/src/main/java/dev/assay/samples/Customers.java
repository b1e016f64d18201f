package dev.assay.samples;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Who listens: ids, and the zip codes they live in. */
final class Customers {
  private static final int NUMBERED = 5_000;
  private static final long ZIP = 0x7a6970;

  /** Someone who listens. */
  record Customer(String id, String zip) {}

  private Customers() {}

  /** Customers 0 to 4999. */
  static List<Customer> numbered(long seed) {
    List<Customer> customers = new ArrayList<>();
    for (int i = 0; i < NUMBERED; i++) {
      String zip = Text.padded(Draws.of(seed, ZIP, i).below(100_000), 5);
      customers.add(new Customer(Integer.toString(i), zip));
    }
    return customers;
  }

  /**
   * Those of a customers file.
   *
   * @throws AssayException with USAGE if it cannot be read, or lacks a column or customers
   */
  static List<Customer> read(Path file) {
    CSVFormat withHeader = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    List<Customer> customers = new ArrayList<>();
    try (CSVParser records = CSVParser.parse(file, StandardCharsets.UTF_8, withHeader)) {
      for (String column : List.of("CustID", "zip")) {
        if (!records.getHeaderNames().contains(column)) {
          throw problem(file, "has no column " + column + ", only " + records.getHeaderNames());
        }
      }
      for (CSVRecord record : records) {
        customers.add(new Customer(record.get("CustID"), record.get("zip")));
      }
    } catch (IOException e) {
      throw problem(file, "cannot be read (" + e + ")");
    }
    if (customers.isEmpty()) {
      throw problem(file, "has no customers");
    }
    return customers;
  }

  private static AssayException problem(Path file, String what) {
    return new AssayException(
        ExitCode.USAGE,
        "--customers "
            + file
            + " "
            + what
            + "; tracks need someone who plays them: give a CSV file with CustID and zip, or leave"
            + " the option out");
  }
}
