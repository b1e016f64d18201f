package dev.assay.cli;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import scala.jdk.javaapi.CollectionConverters;

/** Values of Spark and of DuckDB, in the same types, so that equal ones are equal. */
final class Cells {
  private static final double OF_DOUBLES = 1e-9;

  private Cells() {}

  /** A value: a text, boolean, date, time (UTC), decimal, double, list of these, or null. */
  static Object comparable(Object value) {
    if (value instanceof Double || value == null) {
      return value;
    }
    if (value instanceof BigDecimal decimal) {
      return canonical(decimal);
    }
    if (value instanceof BigInteger integer) {
      return canonical(new BigDecimal(integer));
    }
    if (value instanceof Number number) {
      return canonical(BigDecimal.valueOf(number.longValue()));
    }
    if (value instanceof Timestamp time) {
      return time.toLocalDateTime();
    }
    if (value instanceof Date date) {
      return date.toLocalDate();
    }
    if (value instanceof Array array) {
      return list(elements(array));
    }
    if (value instanceof scala.collection.Seq<?> sequence) {
      return list(CollectionConverters.asJava(sequence));
    }
    return value;
  }

  private static BigDecimal canonical(BigDecimal decimal) {
    BigDecimal stripped = decimal.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static List<Object> list(List<?> values) {
    return values.stream().map(Cells::comparable).toList();
  }

  private static List<?> elements(Array array) {
    try {
      return Arrays.asList((Object[]) array.getArray());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether two values are the same: doubles to 1e-9, below 1 absolute; others exactly. */
  static boolean same(Object released, Object recomputed) {
    if (released instanceof Double a && recomputed instanceof Number b) {
      return Math.abs(a - b.doubleValue()) <= OF_DOUBLES * Math.max(1, Math.abs(a));
    }
    return Objects.equals(released, recomputed);
  }

  /** Whether an estimate, or what is made of some, is near enough to what was counted. */
  static boolean near(Object estimate, Object counted, double relative) {
    if (estimate instanceof Number a && counted instanceof Number b) {
      double off = Math.abs(a.doubleValue() - b.doubleValue());
      return off <= relative * Math.abs(b.doubleValue());
    }
    return Objects.equals(estimate, counted);
  }
}
