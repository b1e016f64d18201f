package dev.assay.config;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A source of files that lands outside our control.
 *
 * @param name the feed's name
 * @param files where a day's files are: a path or glob in which {@code {date}} is the landing date
 * @param columns the header's column names; every one must be there, in any order, and no other
 * @param delimiter what separates two fields
 * @param quote what encloses a field that holds a delimiter
 * @param finalNewline whether a last line without a line end counts as torn
 * @param allowedLatenessDays how many days after its event a row may still land
 * @param requiredOn the week days on which a missing file is an error
 * @param arrivesWithin how long after the end of the business date a file may still land
 */
public record FeedConfig(
    String name,
    String files,
    List<String> columns,
    char delimiter,
    char quote,
    boolean finalNewline,
    int allowedLatenessDays,
    Set<DayOfWeek> requiredOn,
    Duration arrivesWithin) {}
