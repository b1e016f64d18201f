package dev.assay.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rows of files that are whole, dated and not too late, each once. */
final class Recount {
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private final Set<List<String>> rows = new LinkedHashSet<>();

  /**
   * Reads them.
   *
   * @param time the column of the time, which must be of the landing day or of the two before;
   *     negative if there is none
   */
  Recount(List<Path> files, boolean header, int time) throws IOException {
    for (Path file : files) {
      LocalDate landing = landing(file);
      List<String[]> lines = SimpleCsv.lines(List.of(file), header);
      int width = lines.stream().mapToInt(line -> line.length).max().orElse(0);
      for (String[] line : lines) {
        if (line.length == width && (time < 0 || isInTime(line[time], landing))) {
          rows.add(Arrays.asList(line));
        }
      }
    }
  }

  /** Each different row. */
  List<List<String>> rows() {
    return List.copyOf(rows);
  }

  /** The first row of each id, where the first column is one. */
  List<List<String>> firstOfEachId() {
    Map<String, List<String>> byId = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> !row.get(0).isEmpty())
        .forEach(row -> byId.putIfAbsent(row.get(0), row));
    return List.copyOf(byId.values());
  }

  private static LocalDate landing(Path file) {
    Matcher date = DATE.matcher(file.toString());
    LocalDate last = LocalDate.MIN;
    while (date.find()) {
      last = LocalDate.parse(date.group());
    }
    return last;
  }

  private static boolean isInTime(String time, LocalDate landing) {
    if (!DATE.matcher(time).lookingAt()) {
      return false;
    }
    long lag = ChronoUnit.DAYS.between(LocalDate.parse(time.substring(0, 10)), landing);
    return lag >= 0 && lag <= 2;
  }
}
