package dev.assay.bronze;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file of JSON lines, an object each. A field's text is the string's, unescaped;
 * else the value exactly as it is written, as {@code 1.50}, {@code true} or {@code {"a": 1}}; of
 * null, as of a key that is not there, it is null.
 */
final class JsonRecords implements Records {
  /** What the library would limit, Spark's largest text limits. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final Lines lines;
  private final TextLayout layout;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final BitSet given = new BitSet();

  /** The records of a file's lines, of which none was read. */
  JsonRecords(Lines lines, TextLayout layout) {
    this.lines = lines;
    this.layout = layout;
  }

  @Override
  public List<String> names() throws IOException {
    FeedRecord record = next();
    while (record != null) {
      record = next();
    }
    return names;
  }

  @Override
  public @Nullable FeedRecord next() throws IOException {
    Lines.Line line = lines.next();
    if (line == null) {
      return null;
    }
    int known = names.size();
    try {
      return FeedRecord.of(line.number(), fields(layout.text(line)));
    } catch (NotOneRecord e) {
      forget(known);
      return FeedRecord.malformed(line.number(), e.why(), line.content());
    }
  }

  @Override
  public String checksum() throws IOException {
    return lines.checksum();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private @Nullable String[] fields(String line) throws NotOneRecord {
    try (JsonParser parser = FACTORY.createParser(line)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw new NotOneRecord("not an object, but " + (first == null ? "nothing" : first));
      }
      @Nullable String[] fields = fieldsOf(parser, line);
      if (parser.nextToken() != null) {
        throw new NotOneRecord("text follows the object");
      }
      return fields;
    } catch (JsonProcessingException e) {
      throw new NotOneRecord("not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("a text cannot fail to be read", e);
    }
  }

  private @Nullable String[] fieldsOf(JsonParser parser, String line)
      throws IOException, NotOneRecord {
    @Nullable String[] fields = new String[names.size()];
    boolean hasEscapes = line.contains("\\u");
    given.clear();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      int place = placeOf(name);
      if (given.get(place)) {
        throw new NotOneRecord("the key '" + name + "' is there twice");
      }
      given.set(place);
      if (place >= fields.length) {
        fields = Arrays.copyOf(fields, names.size());
      }
      String text = text(parser, line);
      if (hasEscapes && (isHalved(name) || (text != null && isHalved(text)))) {
        throw new NotOneRecord("half a surrogate pair, which is no character: '" + name + "'");
      }
      fields[place] = text;
    }
    return fields;
  }

  private int placeOf(String name) {
    Integer place = places.get(name);
    if (place == null) {
      place = names.size();
      places.put(name, place);
      names.add(name);
    }
    return place;
  }

  /** What only a malformed record named is no field of the file. */
  private void forget(int known) {
    List<String> unknown = names.subList(known, names.size());
    unknown.forEach(places::remove);
    unknown.clear();
  }

  private static @Nullable String text(JsonParser parser, String line) throws IOException {
    JsonToken value = parser.nextToken();
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    if (!value.isStructStart()) {
      return parser.getText();
    }
    int start = (int) parser.currentLocation().getCharOffset() - 1;
    parser.skipChildren();
    return line.substring(start, (int) parser.currentLocation().getCharOffset());
  }

  /** Whether a text would not be the same after it was written as UTF-8. */
  private static boolean isHalved(String text) {
    return !StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
