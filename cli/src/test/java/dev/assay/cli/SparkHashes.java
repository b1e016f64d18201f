package dev.assay.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;
import org.duckdb.DuckDBAppender;

/**
 * What Spark's {@code xxhash64} gives, by another implementation of XXH64 (Collet, 2012), because
 * DuckDB has none: conf makes keys with it, and Assay the choice between rows of one key.
 */
final class SparkHashes {
  /** Spark's. */
  private static final long SEED = 42;

  private static final XXHash64 XXH64 = XXHashFactory.safeInstance().hash64();

  private SparkHashes() {}

  /**
   * Makes the table {@code hashes} ({@code row_id}, {@code hash} bigint).
   *
   * @param sql a query for row_id and the values to hash, each a text, or an int or bigint of the
   *     same bits as Spark has of a date, a time or a decimal
   */
  static void make(Duck duck, String sql) {
    duck.run("CREATE TABLE hashes(row_id BIGINT, hash BIGINT)");
    try (DuckDBAppender hashes = duck.appender("hashes")) {
      duck.read(
          sql,
          row -> {
            hashes.beginRow();
            hashes.append(row.getLong(1));
            hashes.append(hash(row));
            hashes.endRow();
          });
    } catch (SQLException e) {
      throw new IllegalStateException("hashes could not be kept", e);
    }
  }

  private static long hash(ResultSet row) throws SQLException {
    long hash = SEED;
    for (int i = 2; i <= row.getMetaData().getColumnCount(); i++) {
      hash = chained(row.getObject(i), hash);
    }
    return hash;
  }

  /** A value's hash seeded with that of the values before; what is null changes nothing. */
  private static long chained(Object value, long seed) {
    if (value == null) {
      return seed;
    }
    byte[] bytes = bytes(value);
    return XXH64.hash(bytes, 0, bytes.length, seed);
  }

  private static byte[] bytes(Object value) {
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteBuffer bits = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return value instanceof Integer number
        ? Arrays.copyOf(bits.putInt(number).array(), Integer.BYTES)
        : bits.putLong((Long) value).array();
  }
}
