package dev.assay.bronze;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/** One line of CSV as the fields of one record (RFC 4180). */
final class CsvLine {
  private CsvLine() {}

  /**
   * How the library is told; it trims nothing, skips nothing and limits nothing. An empty field is
   * null, unless it is quoted: the mode of quotes, which is for writers, has a reader tell the two
   * apart.
   */
  static CSVFormat format(TextLayout layout) {
    return CSVFormat.Builder.create()
        .setDelimiter(layout.delimiter())
        .setQuote(layout.quote())
        .setIgnoreEmptyLines(false)
        .setNullString("")
        .setQuoteMode(QuoteMode.ALL_NON_NULL)
        .get();
  }

  /**
   * The fields of a line.
   *
   * @throws NotOneRecord if a quote is not closed, text follows a closing quote, or a lone carriage
   *     return parts the line
   */
  static @Nullable String[] split(String line, CSVFormat format) throws NotOneRecord {
    try (CSVParser parser = CSVParser.parse(line, format)) {
      Iterator<CSVRecord> records = parser.iterator();
      // An empty line is a record of one empty field.
      @Nullable String[] fields = records.hasNext() ? records.next().values() : new String[1];
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
  private static int written(String line, @Nullable String[] fields, CSVFormat format) {
    int characters = fields.length - 1;
    int quotes = quotes(line, format);
    for (String field : fields) {
      if (field != null) {
        characters += field.length();
        quotes -= quotes(field, format);
      }
    }
    return characters + quotes;
  }

  private static int quotes(String text, CSVFormat format) {
    char quote = format.getQuoteCharacter();
    int quotes = 0;
    for (int at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
      quotes++;
    }
    return quotes;
  }
}
