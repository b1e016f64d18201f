package dev.assay.bronze;

import dev.assay.config.FeedConfig;
import java.io.Serializable;
import java.util.List;

/**
 * How the lines of a feed's text files are written.
 *
 * @param columns the feed's columns
 * @param header in CSV: whether the first line names the fields
 * @param delimiter in CSV: between two fields
 * @param quote in CSV: around a field
 * @param finalNewline whether a last line without a line end counts as torn
 */
record TextLayout(
    List<String> columns, boolean header, char delimiter, char quote, boolean finalNewline)
    implements Serializable {

  static TextLayout of(FeedConfig feed) {
    return new TextLayout(
        List.copyOf(feed.columns()),
        feed.header(),
        feed.delimiter(),
        feed.quote(),
        feed.finalNewline());
  }

  /**
   * A line as text.
   *
   * @throws NotOneRecord if it is not UTF-8, or torn
   */
  String text(Lines.Line line) throws NotOneRecord {
    String text = line.strictText();
    if (text == null) {
      throw new NotOneRecord("not UTF-8");
    }
    if (isTorn(line)) {
      throw new NotOneRecord("torn: the last line has no end");
    }
    return text;
  }

  /** Whether a line may be the first part of one. */
  boolean isTorn(Lines.Line line) {
    return finalNewline && !line.ended();
  }
}
