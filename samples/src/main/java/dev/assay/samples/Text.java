package dev.assay.samples;

import java.math.BigDecimal;
import java.time.LocalDate;

/** Values as the feeds have them, whatever the machine's locale and time zone. */
final class Text {
  private static final int DAY = 24 * 60 * 60;

  private Text() {}

  /** Money as plain decimal text, two places. */
  static String money(long hundredths) {
    return (hundredths / 100) + "." + padded(hundredths % 100, 2);
  }

  /** The hundredths of {@link #money} text. */
  static long hundredths(String money) {
    return new BigDecimal(money).movePointRight(2).longValueExact();
  }

  /** {@code yyyy-MM-dd HH:mm:ss}, UTC. */
  static String time(long second) {
    long day = Math.floorDiv(second, DAY);
    int rest = Math.floorMod(second, DAY);
    return LocalDate.ofEpochDay(day)
        + " "
        + padded(rest / 3600, 2)
        + ":"
        + padded(rest / 60 % 60, 2)
        + ":"
        + padded(rest % 60, 2);
  }

  /** A number with leading zeros. */
  static String padded(long number, int width) {
    String digits = Long.toString(number);
    return digits.length() >= width ? digits : "0".repeat(width - digits.length()) + digits;
  }
}
