package dev.assay.plan;

import dev.assay.audit.GroupAccount;
import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.config.TableDay;
import dev.assay.ledger.LedgerState;
import dev.assay.ledger.TableDayState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Fingerprints of what is published: equal for equal rows of equal days. */
final class Contents {
  private static final int DIGITS = 16;

  private final PipelineConfig pipeline;
  private final LedgerState ledger;
  private final Map<String, SortedMap<LocalDate, TableDayState.Publication>> published =
      new HashMap<>();
  private final Map<String, Sums> sums = new HashMap<>();

  Contents(PipelineConfig pipeline, LedgerState ledger) {
    this.pipeline = pipeline;
    this.ledger = ledger;
    for (TableDayState state : ledger.all()) {
      TableDayState.Publication publication = state.published();
      if (publication != null) {
        published
            .computeIfAbsent(state.tableDay().table().table(), table -> new TreeMap<>())
            .put(state.tableDay().day(), publication);
      }
    }
  }

  /** What is published of a table from one day to another. */
  SortedMap<LocalDate, TableDayState.Publication> published(
      String table, LocalDate from, LocalDate to) {
    SortedMap<LocalDate, TableDayState.Publication> all = published.get(table);
    return all == null || from.isAfter(to) ? new TreeMap<>() : all.subMap(from, to.plusDays(1));
  }

  boolean isPublished(String table, LocalDate day) {
    return ledger.published(new TableDay(contract(table).name(), day)).isPresent();
  }

  /** The fingerprint of a table's rows of some days. */
  String of(Source.Days days) {
    return sums.computeIfAbsent(days.table(), this::sumsOf).between(days.from(), days.to());
  }

  /** The fingerprint of the rows that landings brought for a day. */
  String of(Source.Parts parts) {
    Sums brought = new Sums(parts.from(), parts.to());
    published(parts.table(), parts.from(), parts.to())
        .forEach(
            (landing, publication) -> {
              GroupAccount part = publication.parts().get(parts.part());
              if (part != null) {
                brought.add(landing, part.contentHash());
              }
            });
    return brought.between(parts.from(), parts.to());
  }

  /** Whether any landing brought rows for a day. */
  boolean has(Source.Parts parts) {
    return published(parts.table(), parts.from(), parts.to()).values().stream()
        .anyMatch(publication -> publication.parts().containsKey(parts.part()));
  }

  private Sums sumsOf(String table) {
    SortedMap<LocalDate, TableDayState.Publication> all = published.get(table);
    if (all == null) {
      return new Sums(LocalDate.EPOCH, LocalDate.EPOCH);
    }
    Sums of = new Sums(all.firstKey(), all.lastKey());
    all.forEach((day, publication) -> of.add(day, publication.contentHash()));
    return of;
  }

  private TableContract contract(String table) {
    return pipeline.table(table);
  }

  /** The first digits of a text's SHA-256. */
  static String fingerprint(String text) {
    return HexFormat.of().formatHex(sha256(text)).substring(0, DIGITS);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Sums of the days' hashes up to each day, so that a window is a difference of two. */
  private static final class Sums {
    private final long first;
    private final long[] days;
    private final long[] hashes;
    private boolean summed;

    Sums(LocalDate from, LocalDate to) {
      first = from.toEpochDay();
      int length = Math.toIntExact(to.toEpochDay() - first) + 1;
      days = new long[length + 1];
      hashes = new long[length + 1];
    }

    void add(LocalDate day, String contentHash) {
      int position = Math.toIntExact(day.toEpochDay() - first) + 1;
      days[position] = 1;
      hashes[position] = java.nio.ByteBuffer.wrap(sha256(day + " " + contentHash)).getLong();
    }

    String between(LocalDate from, LocalDate to) {
      if (!summed) {
        for (int i = 1; i < days.length; i++) {
          days[i] += days[i - 1];
          hashes[i] += hashes[i - 1];
        }
        summed = true;
      }
      int before = position(from.toEpochDay() - first);
      int last = position(to.toEpochDay() - first + 1);
      return days[last] - days[before] + "-" + Long.toHexString(hashes[last] - hashes[before]);
    }

    private int position(long position) {
      return (int) Math.max(0, Math.min(days.length - 1L, position));
    }
  }
}
