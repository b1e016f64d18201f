package dev.assay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of {@code small.conf}, computed without Spark and without Assay, once, from files. */
final class SmallTables {
  private static final int FIELDS = 4;

  private SmallTables() {}

  /** A line of a file: {@code Id,At,Amount}. */
  private record Sale(String id, LocalDateTime at, long amount) {
    static Sale of(String line) {
      String[] fields = line.split(",", -1);
      return new Sale(
          fields[0], LocalDateTime.parse(fields[1].replace(' ', 'T')), Long.parseLong(fields[2]));
    }
  }

  /** Every table's rows as text, sorted. */
  static Map<String, List<String>> of(Path folder) throws IOException {
    List<String> raw = new ArrayList<>();
    NavigableMap<LocalDate, List<Sale>> sales = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        List<String> lines = Files.readAllLines(file);
        List<String> rows = lines.subList(1, lines.size());
        String landing = name.substring(0, name.length() - ".csv".length());
        rows.forEach(line -> raw.add("[" + landing + "," + line));
        for (Sale sale : new LinkedHashSet<>(rows.stream().map(Sale::of).toList())) {
          if (sale.amount() >= 1) {
            sales.computeIfAbsent(sale.at().toLocalDate(), day -> new ArrayList<>()).add(sale);
          }
        }
      }
    }
    Map<String, List<String>> tables = new TreeMap<>();
    tables.put("sales_raw", sorted(raw.stream()));
    tables.put(
        "sales", sorted(sales.values().stream().flatMap(List::stream).map(SmallTables::row)));
    tables.put(
        "daily",
        sorted(
            sales.entrySet().stream()
                .map(of -> "[" + of.getKey() + "," + sum(of.getValue()) + "]")));
    tables.put(
        "trailing",
        sorted(
            sales.entrySet().stream()
                .map(
                    of ->
                        "["
                            + of.getKey()
                            + ","
                            + sales
                                .subMap(of.getKey().minusDays(2), true, of.getKey(), true)
                                .values()
                                .stream()
                                .mapToLong(SmallTables::sum)
                                .sum()
                            + ","
                            + sum(of.getValue())
                            + "]")));
    return tables;
  }

  /** Rows of the bronze table without where each came from. */
  static List<String> asReceived(List<String> rows) {
    return sorted(
        rows.stream()
            .map(
                row ->
                    Arrays.stream(row.split(",", -1))
                        .limit(FIELDS)
                        .collect(Collectors.joining(","))));
  }

  private static String row(Sale sale) {
    return "["
        + sale.at().toLocalDate()
        + ","
        + sale.id()
        + ","
        + Timestamp.from(sale.at().toInstant(ZoneOffset.UTC))
        + ","
        + sale.amount()
        + "]";
  }

  private static long sum(List<Sale> sales) {
    return sales.stream().mapToLong(Sale::amount).sum();
  }

  private static List<String> sorted(Stream<String> rows) {
    return rows.sorted().toList();
  }
}
