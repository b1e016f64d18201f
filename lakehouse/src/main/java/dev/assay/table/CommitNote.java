package dev.assay.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.store.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a commit says of itself, as Delta's user metadata: one JSON object, without what is null.
 *
 * @param run the run that made it
 * @param code the version of its code
 * @param attempt the attempt whose rows it holds
 * @param release the release it belongs to; null for what becomes visible by none: a new table, new
 *     columns, rejected rows
 * @param inputs the Delta versions that its rows were made from, by table
 * @param contents the hash of its rows, by table-day
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CommitNote(
    String run,
    String code,
    long attempt,
    @Nullable Long release,
    @Nullable Map<String, Long> inputs,
    @Nullable Map<String, String> contents) {

  /** The note of a commit that belongs to no release. */
  public static CommitNote outsideReleases(String run, String code, long attempt) {
    return new CommitNote(run, code, attempt, null, null, null);
  }

  /** The note as one line of JSON. */
  public String json() {
    return new String(Json.bytes(this), StandardCharsets.UTF_8);
  }
}
