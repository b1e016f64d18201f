package dev.assay.bronze;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a Parquet column are written as text: whole numbers, decimals without exponent,
 * dates as {@code yyyy-MM-dd}, times in UTC as {@code yyyy-MM-dd HH:mm:ss} with a fraction only if
 * there is one. The types are those of Parquet's own specification (LogicalTypes.md).
 *
 * @param ofLong of a column of integers
 * @param ofBinary of a column of bytes; gives null if they are no UTF-8
 */
record ParquetText(LongFunction<String> ofLong, Function<Binary, @Nullable String> ofBinary) {
  /** The Julian day of 1970-01-01, from which INT96 counts. */
  private static final long JULIAN_EPOCH = 2_440_588;

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private static final ParquetText PLAIN = ofLongs(Long::toString);

  /** The texts of a column; null if it has none: it is nested, or of bytes that are not text. */
  static @Nullable ParquetText of(Type column) {
    if (!column.isPrimitive() || column.isRepetition(Type.Repetition.REPEATED)) {
      return null;
    }
    LogicalTypeAnnotation meaning = column.getLogicalTypeAnnotation();
    return switch (column.asPrimitiveType().getPrimitiveTypeName()) {
      case BOOLEAN, FLOAT, DOUBLE -> PLAIN;
      case INT32, INT64 -> ofIntegers(meaning);
      case INT96 -> ofBinaries(ParquetText::int96);
      case BINARY, FIXED_LEN_BYTE_ARRAY -> ofBytes(meaning);
    };
  }

  /** The text of an integer. */
  String of(long value) {
    return ofLong.apply(value);
  }

  /** The text of bytes; null if they are not UTF-8. */
  @Nullable String of(Binary value) {
    return ofBinary.apply(value);
  }

  private static @Nullable ParquetText ofIntegers(@Nullable LogicalTypeAnnotation meaning) {
    if (meaning == null) {
      return PLAIN;
    }
    if (meaning instanceof IntLogicalTypeAnnotation integer) {
      return integer.isSigned() ? PLAIN : ofUnsigned(integer.getBitWidth());
    }
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      int scale = decimal.getScale();
      return ofLongs(value -> BigDecimal.valueOf(value, scale).toPlainString());
    }
    if (meaning instanceof DateLogicalTypeAnnotation) {
      return ofLongs(days -> LocalDate.ofEpochDay(days).toString());
    }
    if (meaning instanceof TimestampLogicalTypeAnnotation time) {
      ChronoUnit unit =
          switch (time.getUnit()) {
            case MILLIS -> ChronoUnit.MILLIS;
            case MICROS -> ChronoUnit.MICROS;
            case NANOS -> ChronoUnit.NANOS;
          };
      return ofLongs(value -> time(Instant.EPOCH.plus(value, unit)));
    }
    return null;
  }

  private static ParquetText ofUnsigned(int bits) {
    return bits == Long.SIZE
        ? ofLongs(Long::toUnsignedString)
        : ofLongs(value -> Integer.toUnsignedString((int) value));
  }

  private static @Nullable ParquetText ofBytes(@Nullable LogicalTypeAnnotation meaning) {
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      int scale = decimal.getScale();
      return ofBinaries(
          value -> new BigDecimal(new BigInteger(value.getBytes()), scale).toPlainString());
    }
    boolean isText =
        meaning instanceof StringLogicalTypeAnnotation
            || meaning instanceof EnumLogicalTypeAnnotation
            || meaning instanceof JsonLogicalTypeAnnotation;
    return isText ? ofBinaries(ParquetText::utf8) : null;
  }

  private static @Nullable String utf8(Binary value) {
    String text = value.toStringUsingUTF8();
    // The mark for what is no UTF-8 may be a character of the text, too.
    return text.indexOf('\uFFFD') < 0 || isUtf8(value) ? text : null;
  }

  private static boolean isUtf8(Binary value) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(value.toByteBuffer());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Eight bytes of nanoseconds of the day, then four of the Julian day, the lowest first. */
  private static String int96(Binary value) {
    ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long nanos = bytes.getLong();
    long day = bytes.getInt() - JULIAN_EPOCH;
    Instant midnight = LocalDate.ofEpochDay(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    return time(midnight.plusNanos(nanos));
  }

  private static String time(Instant instant) {
    return TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
  }

  private static ParquetText ofLongs(LongFunction<String> text) {
    return new ParquetText(text, value -> null);
  }

  private static ParquetText ofBinaries(Function<Binary, @Nullable String> text) {
    return new ParquetText(Long::toString, text);
  }
}
