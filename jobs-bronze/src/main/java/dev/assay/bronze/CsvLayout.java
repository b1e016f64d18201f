package dev.assay.bronze;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import dev.assay.config.FeedConfig;
import java.io.Serializable;
import java.util.List;

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

  /** A parser of one line that changes nothing: no trimming, no limits, no guesses. */
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
    settings.setSkipEmptyLines(false);
    settings.setNullValue("");
    settings.setEmptyValue("");
    settings.setMaxCharsPerColumn(-1);
    settings.setMaxColumns(Math.max(512, 2 * columns.size()));
    settings.setLineSeparatorDetectionEnabled(false);
    settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.RAISE_ERROR);
    return new CsvParser(settings);
  }
}
