package dev.assay.config;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code jdbc} block of a feed, and what else the feed must be for it. */
final class JdbcReader {
  /** What a driver may take for a password, or a user before the host. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("(passw|pwd|secret|token)[^=&;]*=|[^:]@", Pattern.CASE_INSENSITIVE);

  private static final String NAME = "([A-Za-z_][A-Za-z0-9_$]*|\"[^\"]+\")";
  private static final String TABLE = NAME + "([.]" + NAME + ")*";
  private static final String PACKED = ".*[.](gz|zst|bz2)";
  private static final String VARIABLE = "[A-Z_][A-Z0-9_]*";

  private JdbcReader() {}

  /**
   * The block; null where the feed has none.
   *
   * @param files the feed's files
   * @param format how they are written
   */
  static @Nullable JdbcConfig read(Block feed, Block defaults, String files, FeedFormat format) {
    Block others = defaults.block("jdbc");
    if (!feed.has("jdbc")) {
      return null;
    }
    Block own = feed.block("jdbc");
    JdbcConfig read =
        new JdbcConfig(
            url(own),
            query(own),
            landed(feed, files, format),
            owner(own, others, "credentials-file").optionalText("credentials-file"),
            variable(owner(own, others, "user-variable"), "user-variable"),
            variable(owner(own, others, "password-variable"), "password-variable"),
            fetchSize(owner(own, others, "fetch-size")),
            owner(own, others, "connect-timeout").duration("connect-timeout"),
            owner(own, others, "answer-timeout").duration("answer-timeout"));
    own.close();
    others.close();
    return read;
  }

  /** Notes what a feed that is landed from a database cannot be. */
  static void check(FeedConfig feed, Block block) {
    if (feed.database().isEmpty()) {
      return;
    }
    if (!feed.snapshot()) {
      block.problem(
          "snapshot",
          "is false; a database has only its state of now, of which each landing is the whole, so"
              + " say snapshot = true");
    }
    if (feed.database().get().format() == ExportFormat.CSV
        && !(feed.header() && feed.delimiter() == ',' && feed.quote() == '"')) {
      block.problem(
          "jdbc",
          "a table lands as CSV with a header, commas and double quotes; leave header, delimiter"
              + " and quote out");
    }
  }

  /** Never says what it is: there may be a password in it. */
  private static String url(Block block) {
    String url = block.text("url");
    if (!url.isEmpty() && !url.startsWith("jdbc:")) {
      block.problem("url", "does not begin with jdbc:; write it as its driver has it");
    }
    if (CREDENTIALS.matcher(url).find()) {
      block.problem(
          "url",
          "has a user or a password in it, which conf is no place for; leave them out, and set the"
              + " variables of user-variable and password-variable, or credentials-file");
    }
    return url;
  }

  private static String query(Block block) {
    String table = block.text("table", "");
    String query = block.text("query", "");
    if (table.isEmpty() == query.isEmpty()) {
      block.problem("table", "give either table, of which all columns are read, or query");
    }
    if (!table.isEmpty() && !table.matches(TABLE)) {
      block.problem(
          "table",
          "'" + table + "' is no table's name, as shop.users or \"Users\"; SQL is a query");
    }
    return table.isEmpty() ? query : "SELECT * FROM " + table;
  }

  private static String variable(Block block, String key) {
    String name = block.text(key);
    if (!name.matches(VARIABLE) && !name.isEmpty()) {
      // It may be the secret itself, at the wrong place.
      block.problem(key, "is not the name of an environment variable, as SHOP_PASSWORD");
    }
    return name;
  }

  private static int fetchSize(Block block) {
    int rows = block.count("fetch-size", 0);
    if (rows == 0) {
      block.problem("fetch-size", "is 0, by which a driver holds all rows in memory; give more");
    }
    return rows;
  }

  /** How a landing is written: as its one file says by its name, or the feed's format. */
  private static ExportFormat landed(Block feed, String files, FeedFormat format) {
    String name = files.substring(files.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (files.replace("{date}", "").matches(".*[*?\\[\\]{}].*")) {
      feed.problem(
          "files", "'" + files + "' may be several files; a table lands as one, so name it");
    }
    if (name.matches(PACKED)) {
      feed.problem("files", "'" + name + "' is packed, and a table does not land so; leave it out");
    }
    FeedFormat landed = format;
    if (format == FeedFormat.BY_NAME) {
      landed = FeedFormat.ofName(name).orElse(FeedFormat.BY_NAME);
    }
    return switch (landed) {
      case CSV -> ExportFormat.CSV;
      case JSON -> ExportFormat.JSON;
      case PARQUET -> ExportFormat.PARQUET;
      case BY_NAME -> {
        if (!name.matches(PACKED)) {
          feed.problem("files", "'" + name + "' ends in none of .csv, .json and .parquet");
        }
        yield ExportFormat.CSV;
      }
    };
  }

  private static Block owner(Block own, Block others, String key) {
    return PipelineReader.owner(own, others, key);
  }
}
