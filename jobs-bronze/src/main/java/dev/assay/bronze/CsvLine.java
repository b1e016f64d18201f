package dev.assay.bronze;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/** One line of CSV as the fields of one record (RFC 4180, but that a record is one line). */
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
    boolean isPlain = line.indexOf(format.getQuoteCharacter()) < 0 && line.indexOf('\r') < 0;
    return isPlain ? plain(line, format.getDelimiterString()) : parsed(line, format);
  }

  /** Most lines quote nothing; a parser for each of them costs more than all else that is done. */
  private static @Nullable String[] plain(String line, String delimiter) {
    List<@Nullable String> fields = new ArrayList<>();
    int from = 0;
    for (int to = line.indexOf(delimiter); to >= 0; to = line.indexOf(delimiter, from)) {
      fields.add(field(line, from, to));
      from = to + delimiter.length();
    }
    fields.add(field(line, from, line.length()));
    return fields.toArray(new String[0]);
  }

  private static @Nullable String field(String line, int from, int to) {
    return from == to ? null : line.substring(from, to);
  }

  /** The same by the library alone; an empty line is no record to it. */
  static @Nullable String[] parsed(String line, CSVFormat format) throws NotOneRecord {
    try (CSVParser parser = CSVParser.parse(line, format)) {
      Iterator<CSVRecord> records = parser.iterator();
      @Nullable String[] fields = records.next().values();
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
