package dev.assay.table;

import dev.assay.concurrent.Concurrently;
import dev.assay.store.LakeStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** The objects of a Delta table's log, for what Delta itself does only by age. */
public final class TableLog {
  private static final Pattern OBJECT = Pattern.compile("([0-9]{20})[.].+");
  private static final String CHECKPOINT = ".checkpoint.parquet";
  private static final int READS_AT_ONCE = 16;

  private final LakeStore lake;
  private final String folder;

  public TableLog(LakeStore lake, TableLayout layout) {
    this.lake = lake;
    this.folder = layout.folder() + "/_delta_log";
  }

  /**
   * The paths below the table's folder of the files that versions after one and up to another add.
   */
  public Set<String> added(long after, long upTo) {
    List<Long> versions = LongStream.rangeClosed(after + 1, upTo).boxed().toList();
    Set<String> added = new HashSet<>();
    Concurrently.map(versions, READS_AT_ONCE, this::commit)
        .forEach(
            commit ->
                commit
                    .lines()
                    .filter(line -> line.startsWith("{\"add\""))
                    .forEach(line -> added.add(TableVersions.pathOf(line))));
    return added;
  }

  /** Whether a version is there still: what is trimmed is not. */
  public boolean has(long version) {
    return lake.exists(path(version));
  }

  private String path(long version) {
    return folder + "/" + String.format(Locale.ROOT, "%020d.json", version);
  }

  private String commit(long version) {
    String path = path(version);
    return new String(
        lake.read(path).orElseThrow(() -> new IllegalStateException(path + " is gone")),
        StandardCharsets.UTF_8);
  }

  /**
   * Removes what no version from one on is read from: all before the newest checkpoint that is not
   * after it. What is young stays, with all after it: a writer that looked before the commits that
   * came since must find them, or it would commit where one of them was.
   *
   * @param youngFrom when a writer may have looked that has not committed yet
   * @return how many objects went
   */
  public int trim(long version, Instant youngFrom) {
    TreeMap<Long, List<String>> objects = new TreeMap<>();
    long end = -1;
    long young = Long.MAX_VALUE;
    for (var file : lake.files(folder)) {
      Matcher object = OBJECT.matcher(file.path());
      if (object.matches()) {
        long of = Long.parseLong(object.group(1));
        objects.computeIfAbsent(of, key -> new ArrayList<>()).add(file.path());
        if (of <= version && file.path().endsWith(CHECKPOINT)) {
          end = Math.max(end, of);
        }
        if (file.modified() >= youngFrom.toEpochMilli()) {
          young = Math.min(young, of);
        }
      }
    }
    // The older first, so that wherever this ends, what is left has no gap.
    List<String> old =
        objects.headMap(Math.min(end, young), false).values().stream()
            .flatMap(List::stream)
            .toList();
    old.forEach(path -> lake.delete(folder + "/" + path));
    return old.size();
  }
}
