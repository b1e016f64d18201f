package dev.assay.bronze;

import dev.assay.config.FeedConfig;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * How a feed's lines are written (RFC 4180, one record a line).
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

  /** How the library is told; it trims nothing, skips nothing and limits nothing. */
  CSVFormat format() {
    return CSVFormat.Builder.create()
        .setDelimiter(delimiter)
        .setQuote(quote)
        .setIgnoreEmptyLines(false)
        .get();
  }

  /** A line that is not one record. */
  static final class NotOneRecord extends Exception {
    private static final long serialVersionUID = 1L;

    NotOneRecord(String why) {
      super(why);
    }
  }

  /**
   * The fields of a line.
   *
   * @throws NotOneRecord if a quote is not closed, text follows a closing quote, or a lone carriage
   *     return parts the line
   */
  static List<String> split(String line, CSVFormat format) throws NotOneRecord {
    try (CSVParser parser = CSVParser.parse(line, format)) {
      Iterator<CSVRecord> records = parser.iterator();
      // An empty line is a record of one empty field.
      List<String> fields = records.hasNext() ? records.next().toList() : List.of("");
      if (records.hasNext()) {
        throw new NotOneRecord("a carriage return parts the line");
      }
      if (line.length() != written(line, fields, format)) {
        throw new NotOneRecord("text stands between a quote and a delimiter");
      }
      return fields;
    } catch (UncheckedIOException e) {
      // A text cannot fail to be read; so the parser says what is wrong with it.
      throw new NotOneRecord("a quote is not closed, or text follows it");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How long a line is that has these fields; more only if the library dropped some of it. */
  private static int written(String line, List<String> fields, CSVFormat format) {
    int characters = fields.size() - 1;
    long quotes = quotes(line, format);
    for (String field : fields) {
      characters += field.length();
      quotes -= quotes(field, format);
    }
    return characters + (int) quotes;
  }

  private static long quotes(String text, CSVFormat format) {
    char quote = format.getQuoteCharacter();
    return text.chars().filter(c -> c == quote).count();
  }
}
