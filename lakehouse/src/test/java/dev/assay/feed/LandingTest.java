package dev.assay.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.FeedConfig;
import dev.assay.testing.Feeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LandingTest {
  private static final LocalDate MONDAY = LocalDate.of(2010, 12, 6);
  private static final String BEFORE_DEADLINE = "2010-12-07T05:59:59Z";
  private static final String AFTER_DEADLINE = "2010-12-07T06:00:01Z";

  @TempDir private Path folder;

  @Test
  void findsEveryFileOfTheDay() throws IOException {
    Files.writeString(folder.resolve("2010-12-06-a.csv"), "x\n");
    Files.writeString(folder.resolve("2010-12-06-b.csv"), "xy\n");
    Files.writeString(folder.resolve("2010-12-07-a.csv"), "x\n");

    Landing landing = find(Set.of(), BEFORE_DEADLINE);

    assertThat(landing.state()).isEqualTo(Landing.State.LANDED);
    assertThat(landing.files()).extracting(Landing.LandedFile::length).containsExactly(2L, 3L);
  }

  /** One look at all of them finds what a look at each does. */
  @Test
  void findsTheFilesOfManyDaysAtOnce() throws IOException {
    for (String name :
        List.of(
            "2010-12-06-a.csv",
            "2010-12-06-of-2010-12-07.csv",
            "2010-12-07-a.csv",
            "2010-12-07.txt",
            "x2010-12-08.csv",
            "2010-12-9.csv")) {
      Files.writeString(folder.resolve(name), "x\n");
    }
    Files.createDirectory(folder.resolve("2010-12-10-folder.csv"));
    FeedConfig feed = feed(Set.of(DayOfWeek.MONDAY));
    Clock clock = Clock.fixed(Instant.parse(AFTER_DEADLINE), ZoneOffset.UTC);
    List<LocalDate> dates = MONDAY.minusDays(3).datesUntil(MONDAY.plusDays(20)).toList();

    List<Landing> atOnce = Landing.find(feed, dates, new Configuration(), clock);

    assertThat(atOnce)
        .isEqualTo(
            dates.stream()
                .map(date -> Landing.find(feed, date, new Configuration(), clock))
                .toList());
    assertThat(atOnce.stream().filter(landing -> !landing.files().isEmpty())).hasSize(2);
    assertThat(Landing.isFoundAtOnce(feed)).isTrue();
  }

  @Test
  void findsTheFilesOfEveryHourOfADayAndWhatSparkMarksIsNone() throws IOException {
    land("2010-12-06/late.csv", "2010-12-06/09/a.csv", "2010-12-06/10/a.csv");
    land("2010-12-06/10/_SUCCESS", "2010-12-06/10/.a.csv.crc", "2010-12-06/_tmp/0/a.csv");
    land("2010-12-07/09/a.csv");
    FeedConfig feed = Feeds.of(folder + "/{date}/*", "Id").feed();
    Clock clock = Clock.fixed(Instant.parse(BEFORE_DEADLINE), ZoneOffset.UTC);

    List<Landing> atOnce =
        Landing.find(feed, List.of(MONDAY, MONDAY.plusDays(1)), new Configuration(), clock);

    assertThat(names(atOnce.get(0))).containsExactly("09/a.csv", "10/a.csv", "late.csv");
    assertThat(names(atOnce.get(1))).containsExactly("09/a.csv");
    assertThat(atOnce.get(0)).isEqualTo(Landing.find(feed, MONDAY, new Configuration(), clock));
  }

  @Test
  void waitsUntilTheDeadline() {
    Landing landing = find(Set.of(), BEFORE_DEADLINE);

    assertThat(landing.state()).isEqualTo(Landing.State.WAITING);
    assertThat(landing.until()).isEqualTo("2010-12-07T06:00:00Z");
  }

  @Test
  void takesADayWithoutFilesForOneWithoutDataUnlessConfRequiresIt() {
    assertThat(find(Set.of(), AFTER_DEADLINE).state()).isEqualTo(Landing.State.NO_DATA);
    assertThat(find(Set.of(DayOfWeek.MONDAY), AFTER_DEADLINE).state())
        .isEqualTo(Landing.State.MISSING);
    assertThat(find(Set.of(DayOfWeek.TUESDAY), AFTER_DEADLINE).state())
        .isEqualTo(Landing.State.NO_DATA);
  }

  @Test
  void takesOfASnapshotTheNewestLandingNotAfterTheDay() throws IOException {
    land("2010-12-02.csv", "2010-12-04-a.csv", "2010-12-04-b.csv", "2010-12-08.csv");

    assertThat(names(snapshot(MONDAY, AFTER_DEADLINE)))
        .containsExactly("2010-12-04-a.csv", "2010-12-04-b.csv");
    land("2010-12-06.csv");
    assertThat(names(snapshot(MONDAY, AFTER_DEADLINE))).containsExactly("2010-12-06.csv");
    assertThat(snapshot(MONDAY, AFTER_DEADLINE).state()).isEqualTo(Landing.State.LANDED);
  }

  @Test
  void waitsForASnapshotsOwnLandingBeforeItTakesAnOlderOne() throws IOException {
    land("2010-12-02.csv");

    Landing landing = snapshot(MONDAY, BEFORE_DEADLINE);

    assertThat(landing.state()).isEqualTo(Landing.State.WAITING);
    assertThat(landing.files()).isEmpty();
  }

  @Test
  void hasNoSnapshotBeforeTheFirst() throws IOException {
    land("2010-12-07.csv");

    Landing landing = snapshot(MONDAY, AFTER_DEADLINE);

    assertThat(landing.state()).isEqualTo(Landing.State.MISSING);
    assertThat(landing.pattern()).endsWith("2010-12-06*.csv or of a date before");
  }

  /** Whether the date is in the name of a file or of its folder. */
  @ParameterizedTest
  @ValueSource(strings = {"/{date}*.csv", "/{date}/*.csv", "/of-{date}/{date}.csv"})
  void findsTheSnapshotsOfManyDaysAtOnce(String files) throws IOException {
    land("2010-12-02.csv", "2010-12-05-a.csv", "2010-13-77.csv", "2010-12-02/a.csv");
    land("2010-12-05/b.csv", "of-2010-12-04/2010-12-04.csv", "of-2010-12-05/2010-12-06.csv");
    FeedConfig feed = Feeds.of(folder + files, "Id").snapshots().feed();
    Clock clock = Clock.fixed(Instant.parse(AFTER_DEADLINE), ZoneOffset.UTC);
    List<LocalDate> dates = MONDAY.minusDays(7).datesUntil(MONDAY.plusDays(7)).toList();

    List<Landing> atOnce = Landing.find(feed, dates, new Configuration(), clock);

    assertThat(atOnce)
        .isEqualTo(
            dates.stream()
                .map(date -> Landing.find(feed, date, new Configuration(), clock))
                .toList());
    assertThat(atOnce).extracting(Landing::state).contains(Landing.State.LANDED);
  }

  private void land(String... files) throws IOException {
    for (String file : files) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), "x\n");
    }
  }

  private static List<String> names(Landing landing) {
    return landing.files().stream().map(Landing.LandedFile::name).toList();
  }

  private Landing snapshot(LocalDate date, String now) {
    FeedConfig feed =
        Feeds.of(folder + "/{date}*.csv", "Id")
            .snapshots()
            .requiredOn(Set.of(DayOfWeek.MONDAY))
            .feed();
    Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    return Landing.find(feed, date, new Configuration(), clock);
  }

  private FeedConfig feed(Set<DayOfWeek> requiredOn) {
    return Feeds.of(folder + "/{date}*.csv", "Id").requiredOn(requiredOn).feed();
  }

  private Landing find(Set<DayOfWeek> requiredOn, String now) {
    FeedConfig feed = feed(requiredOn);
    Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    return Landing.find(feed, MONDAY, new Configuration(), clock);
  }
}
