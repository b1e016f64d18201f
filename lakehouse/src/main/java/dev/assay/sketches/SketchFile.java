package dev.assay.sketches;

import dev.assay.concurrent.Concurrently;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.JulianFields;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file of sketches, with the columns {@code grain}, {@code starts_at}, {@code dimension},
 * {@code value}, {@code precision} and {@code sketch}. Only groups of rows that may have what is
 * wanted are read: their bounds say which.
 *
 * @param path where it is
 * @param days whose rows are asked for
 * @param dayColumn the column that tells the days of a file apart; null for a file of one day
 */
public record SketchFile(Path path, Set<LocalDate> days, @Nullable String dayColumn) {
  private static final int FILES_AT_ONCE = 8;

  /**
   * What is asked of it.
   *
   * @param dimension what users are told apart by
   * @param value of the dimension; null for every value
   * @param grain as in {@link StoredSketch}; null for every grain
   */
  public record Wanted(String dimension, @Nullable String value, @Nullable String grain) {}

  /** Hands out what is wanted of files, of several at once and in any order. */
  public static void forEach(
      List<SketchFile> files,
      Configuration conf,
      Function<SketchFile, Wanted> wanted,
      Consumer<StoredSketch> sketches) {
    Concurrently.map(
        files,
        FILES_AT_ONCE,
        file -> {
          file.forEach(conf, wanted.apply(file), sketches);
          return file;
        });
  }

  /**
   * Hands out the sketches that are wanted, one by one.
   *
   * @throws UncheckedIOException if the store does not give the file
   * @throws AssayException with UNEXPECTED if it is no such file
   */
  public void forEach(Configuration conf, Wanted wanted, Consumer<StoredSketch> sketches) {
    try (ParquetReader<Group> rows =
        new Rows(HadoopInputFile.fromPath(path, conf), new HadoopParquetConfiguration(conf))
            .withFilter(FilterCompat.get(predicate(wanted)))
            // The bounds say as much of small groups, and do not cost a look at each.
            .useDictionaryFilter(false)
            .useBloomFilter(false)
            .build()) {
      for (Group row = rows.read(); row != null; row = rows.read()) {
        sketches.accept(
            new StoredSketch(
                row.getString("grain", 0),
                time(row, "starts_at"),
                row.getString("value", 0),
                row.getInteger("precision", 0),
                row.getBinary("sketch", 0).getBytes()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + path, e);
    } catch (RuntimeException damaged) {
      throw new AssayException(
          ExitCode.UNEXPECTED,
          path
              + " is damaged ("
              + damaged.getMessage()
              + "); put it back from a copy"
              + (dayColumn == null ? ", or make its day again with assay run --again" : ""),
          damaged);
    }
  }

  /**
   * By a file and a conf: by a path, Parquet loads Hadoop's conf anew, which takes longest of all.
   */
  private static final class Rows extends ParquetReader.Builder<Group> {
    Rows(InputFile file, ParquetConfiguration conf) {
      super(file, conf);
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }

  private FilterPredicate predicate(Wanted wanted) {
    FilterPredicate all = isText("dimension", wanted.dimension());
    if (wanted.value() != null) {
      all = FilterApi.and(all, isText("value", wanted.value()));
    }
    if (wanted.grain() != null) {
      all = FilterApi.and(all, isText("grain", wanted.grain()));
    }
    if (dayColumn == null) {
      return all;
    }
    Set<Integer> numbers =
        days.stream().map(day -> (int) day.toEpochDay()).collect(Collectors.toSet());
    return FilterApi.and(all, FilterApi.in(FilterApi.intColumn(dayColumn), numbers));
  }

  private static FilterPredicate isText(String column, String text) {
    return FilterApi.eq(FilterApi.binaryColumn(column), Binary.fromString(text));
  }

  /** A time as Spark writes it: in Parquet's old form, unless its conf says otherwise. */
  private static Instant time(Group row, String column) {
    boolean isOld =
        row.getType().getType(column).asPrimitiveType().getPrimitiveTypeName()
            == PrimitiveTypeName.INT96;
    if (!isOld) {
      return Instant.EPOCH.plus(row.getLong(column, 0), ChronoUnit.MICROS);
    }
    NanoTime time = NanoTime.fromBinary(row.getInt96(column, 0));
    return LocalDate.EPOCH
        .with(JulianFields.JULIAN_DAY, time.getJulianDay())
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant()
        .plusNanos(time.getTimeOfDayNanos());
  }
}
