package dev.assay.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);
  private static final int[] EVENLY = new int[24];

  static {
    Arrays.fill(EVENLY, 1);
  }

  @Test
  void theHoursHaveAllRowsTogether() {
    Schedule schedule = new Schedule(MONDAY, 7, 1_000_003, EVENLY);
    long rows = 0;
    for (int hour = 0; hour < 7 * 24; hour++) {
      Slot slot = schedule.slot(hour / 24, hour % 24);
      assertThat(slot.first()).isEqualTo(rows);
      rows += slot.rows();
    }

    assertThat(rows).isEqualTo(1_000_003);
  }

  @Test
  void aFridayHasMoreThanASunday() {
    Schedule schedule = new Schedule(MONDAY, 7, 100_000, EVENLY);

    assertThat(schedule.slot(4, 12).rows()).isGreaterThan(schedule.slot(6, 12).rows());
  }

  @Test
  void aRowIsOfTheHourThatHasIt() {
    Schedule schedule = new Schedule(MONDAY, 2, 30, EVENLY);

    for (long row = 0; row < 30; row++) {
      Slot slot = schedule.slotOf(row);
      assertThat(row).isBetween(slot.first(), slot.first() + slot.rows() - 1);
    }
  }

  @Test
  void aSecondIsOfItsDay() {
    Schedule schedule = new Schedule(MONDAY, 2, 30, EVENLY);
    long start = schedule.slot(0, 0).start();

    assertThat(schedule.dayOf(start - 1)).isEqualTo(-1);
    assertThat(schedule.dayOf(start)).isZero();
    assertThat(schedule.dayOf(start + 86_400)).isEqualTo(1);
    assertThat(Text.time(start)).isEqualTo("2026-01-05 00:00:00");
  }
}
