package dev.assay.ledger;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The objects of a ledger, as their names tell of them: {@code <token>-<kind>.json}. */
final class LedgerIndex {
  private static final Pattern OBJECT =
      Pattern.compile("([0-9]{10})-(attempt|published|ended|state)[.]json");

  /** What an object holds; {@link Ledger} says of whom. */
  enum Kind {
    ATTEMPT,
    PUBLISHED,
    ENDED,
    STATE
  }

  private final Map<Kind, NavigableSet<Long>> tokens = new EnumMap<>(Kind.class);

  /** An index of names, those of other things left out. */
  LedgerIndex(List<String> names) {
    for (Kind kind : Kind.values()) {
      tokens.put(kind, new TreeSet<>());
    }
    for (String name : names) {
      Matcher object = OBJECT.matcher(name);
      if (object.matches()) {
        Kind kind = Kind.valueOf(object.group(2).toUpperCase(Locale.ROOT));
        tokens(kind).add(Long.parseLong(object.group(1)));
      }
    }
  }

  /** The name of an object. */
  static String name(long token, Kind kind) {
    return String.format(Locale.ROOT, "%010d-%s.json", token, kind.name().toLowerCase(Locale.ROOT));
  }

  /** The tokens of the objects of a kind. */
  NavigableSet<Long> tokens(Kind kind) {
    return tokens.getOrDefault(kind, new TreeSet<>());
  }

  /** The newest state that was kept, 0 for none. */
  long newestState() {
    return newest(Kind.STATE);
  }

  /** The newest attempt. Of what a state tells of, only those that were open are there still. */
  long newestAttempt() {
    return Math.max(newestState(), newest(Kind.ATTEMPT));
  }

  private long newest(Kind kind) {
    return tokens(kind).isEmpty() ? 0 : tokens(kind).last();
  }
}
