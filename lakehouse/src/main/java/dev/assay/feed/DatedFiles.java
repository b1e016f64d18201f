package dev.assay.feed;

import dev.assay.config.FeedConfig;
import dev.assay.feed.Landing.LandedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** A feed's files, by the date that each has in its name or its folders'. */
record DatedFiles(FeedConfig feed, Configuration conf) {
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern MARKER = Pattern.compile("(^|/)[_.]");
  private static final String VARIABLE = "{date}";
  private static final String ANY_DATE = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]";

  /** Whether the files of all dates are in the same folders. */
  static boolean areInOneFolder(FeedConfig feed) {
    return feed.files().indexOf(VARIABLE) > feed.files().lastIndexOf('/');
  }

  /** Where a date's files are. */
  static Path pattern(FeedConfig feed, String date) {
    return new Path(qualified(feed.files().replace(VARIABLE, date)));
  }

  /** The files of a date, by path. */
  List<LandedFile> of(LocalDate date) {
    return matching(pattern(feed, date.toString()));
  }

  /** The files of every date that has some, each date's as {@link #of} gives them. */
  NavigableMap<LocalDate, List<LandedFile>> all() {
    NavigableMap<LocalDate, List<LandedFile>> byDate = new TreeMap<>();
    for (FileStatus matching : statuses(pattern(feed, ANY_DATE))) {
      // Each date in its path that it may be of.
      List<LocalDate> dates =
          DATE.matcher(matching.getPath().toString())
              .results()
              .map(MatchResult::group)
              .distinct()
              .filter(date -> isOf(date, matching.getPath()))
              .flatMap(DatedFiles::date)
              .toList();
      if (!dates.isEmpty()) {
        List<LandedFile> files = files(matching);
        dates.forEach(date -> byDate.computeIfAbsent(date, any -> new ArrayList<>()).addAll(files));
      }
    }
    byDate.values().removeIf(List::isEmpty);
    byDate.values().forEach(DatedFiles::sort);
    return byDate;
  }

  /** Whether a file is of a date, by its name and those of the folders that are a date's own. */
  private boolean isOf(String date, Path file) {
    Path found = file;
    Path wanted = pattern(feed, VARIABLE);
    while (wanted != null && found != null && wanted.toString().contains(VARIABLE)) {
      String name = wanted.getName().replace(VARIABLE, date);
      if (!new GlobPattern(name).matches(found.getName())) {
        return false;
      }
      wanted = wanted.getParent();
      found = found.getParent();
    }
    return true;
  }

  private static Stream<LocalDate> date(String text) {
    try {
      return Stream.of(LocalDate.parse(text));
    } catch (DateTimeParseException noDate) {
      return Stream.empty();
    }
  }

  private List<LandedFile> matching(Path pattern) {
    List<LandedFile> files = new ArrayList<>();
    for (FileStatus matching : statuses(pattern)) {
      files.addAll(files(matching));
    }
    sort(files);
    return files;
  }

  private static void sort(List<LandedFile> files) {
    files.sort(Comparator.comparing(LandedFile::path));
  }

  /** A file, or those within a folder: a date may have one for every hour. */
  private List<LandedFile> files(FileStatus matching) {
    if (matching.isFile()) {
      return List.of(file(matching, matching.getPath()));
    }
    List<LandedFile> files = new ArrayList<>();
    try {
      Path folder = matching.getPath();
      RemoteIterator<LocatedFileStatus> within = folder.getFileSystem(conf).listFiles(folder, true);
      while (within.hasNext()) {
        LocatedFileStatus file = within.next();
        LandedFile landed = file(file, folder);
        if (!isMarker(landed)) {
          files.add(landed);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "could not list " + matching.getPath() + ": " + e.getMessage(), e);
    }
    return files;
  }

  /** Names that begin so are no data by Hadoop's custom, as _SUCCESS, which Spark leaves. */
  private static boolean isMarker(LandedFile file) {
    return MARKER.matcher(file.name()).find();
  }

  private static LandedFile file(FileStatus status, Path matching) {
    String path = status.getPath().toString();
    String name = matching.getName() + path.substring(matching.toString().length());
    return new LandedFile(path, name, status.getLen(), status.getModificationTime());
  }

  private FileStatus[] statuses(Path pattern) {
    try {
      return Optional.ofNullable(pattern.getFileSystem(conf).globStatus(pattern))
          .orElse(new FileStatus[0]);
    } catch (IOException e) {
      throw new UncheckedIOException("could not look for " + pattern + ": " + e.getMessage(), e);
    }
  }

  private static String qualified(String path) {
    return path.contains("://") ? path : "file://" + path;
  }
}
