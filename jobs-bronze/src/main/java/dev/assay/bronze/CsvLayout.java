package dev.assay.bronze;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import dev.assay.config.FeedConfig;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a feed's lines are written.
 *
 * @param columns the feed's columns
 * @param delimiter between two fields
 * @param quote around a field
 * @param finalNewline whether a last line without a line end counts as torn
 */
record CsvLayout(List<String> columns, char delimiter, char quote, boolean finalNewline)
    implements Serializable {

  static CsvLayout of(FeedConfig feed) {
    return new CsvLayout(
        List.copyOf(feed.columns()), feed.delimiter(), feed.quote(), feed.finalNewline());
  }

  /**
   * A parser that splits one line and changes nothing: no trimming, no limits, no guesses. Fields
   * keep their quotes, so that {@link #value} can tell one that is not closed.
   */
  CsvParser parser() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(delimiter);
    settings.getFormat().setQuote(quote);
    settings.getFormat().setQuoteEscape(quote);
    settings.getFormat().setComment('\0');
    settings.setCommentProcessingEnabled(false);
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setIgnoreLeadingWhitespacesInQuotes(false);
    settings.setIgnoreTrailingWhitespacesInQuotes(false);
    settings.setKeepQuotes(true);
    settings.setKeepEscapeSequences(true);
    settings.setSkipEmptyLines(false);
    settings.setNullValue("");
    settings.setEmptyValue("");
    settings.setMaxCharsPerColumn(-1);
    settings.setMaxColumns(Math.max(512, 2 * columns.size()));
    settings.setLineSeparatorDetectionEnabled(false);
    settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.RAISE_ERROR);
    return new CsvParser(settings);
  }

  /** What a field of the parser stands for; null if its quotes are not closed. */
  @Nullable String value(String field) {
    if (field.isEmpty() || field.charAt(0) != quote) {
      return field;
    }
    // Quotes come in pairs: the two around the field, and those that stand for one within it.
    boolean closed = field.chars().filter(c -> c == quote).count() % 2 == 0;
    String doubled = String.valueOf(quote) + quote;
    return closed
        ? field.substring(1, field.length() - 1).replace(doubled, String.valueOf(quote))
        : null;
  }
}
