package dev.assay.samples;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes dirty rows out of clean ones. */
final class Dirt {
  /** How many days a row may land after its event and still be taken in. */
  private static final int ALLOWED_LATENESS = 2;

  private static final int LATEST = 10;
  private static final int FARTHEST = 30;
  private static final int DAY = 24 * 60 * 60;

  private static final long DIRT = 0x64697274;

  private final long seed;
  private final Generator generator;
  private final Layout layout;
  private final boolean tearable;
  private final List<Kind> kinds;

  /**
   * The dirt of a feed.
   *
   * @param tearable whether a row can be cut off in the feed's format
   */
  Dirt(long seed, Generator generator, boolean tearable) {
    this.seed = seed;
    this.generator = generator;
    this.layout = generator.layout();
    this.tearable = tearable;
    this.kinds = kinds(layout);
  }

  private static List<Kind> kinds(Layout layout) {
    List<Kind> kinds = new ArrayList<>();
    if (layout.id() != null) {
      kinds.add(Kind.CONFLICT);
    }
    if (layout.time() != null) {
      kinds.addAll(List.of(Kind.LATE, Kind.TOO_LATE, Kind.FUTURE));
    }
    kinds.addAll(
        List.of(
            Kind.DUPLICATE,
            Kind.OUT_OF_RANGE,
            Kind.WRONG_TYPE,
            Kind.MISSING_KEY,
            Kind.UNKNOWN_CATEGORY,
            Kind.TORN));
    return kinds;
  }

  /**
   * A dirty row that lands beside a clean one.
   *
   * @param number its number within the feed
   * @param repeated whether the clean row has a late copy already; a second might equal it
   */
  Row of(Row clean, long number, boolean repeated) {
    // Its own, so that no other row depends on what can be wrong with this one.
    Draws draws = Draws.of(seed, DIRT, number);
    int days = draws.from(1, ALLOWED_LATENESS);
    Kind kind = kinds.get(draws.below(kinds.size()));
    if (kind == Kind.LATE && (repeated || days > clean.day() || !generator.standsAlone(clean))) {
      kind = Kind.TOO_LATE;
    } else if (kind == Kind.TORN && !tearable) {
      kind = Kind.MISSING_KEY;
    }
    @Nullable String[] values = clean.values().clone();
    if (kind != Kind.DUPLICATE && kind != Kind.CONFLICT && layout.id() != null) {
      values[layout.index(layout.id())] = generator.id(number);
    }
    return switch (kind) {
      case LATE -> moved(clean, kind, -days, values);
      case TOO_LATE -> moved(clean, kind, -draws.from(ALLOWED_LATENESS + 1, LATEST), values);
      case FUTURE -> moved(clean, kind, draws.from(1, FARTHEST), values);
      default -> {
        spoil(kind, values, draws);
        yield new Row(kind, clean.landing(), clean.day(), clean.second(), values);
      }
    };
  }

  private Row moved(Row clean, Kind kind, int days, @Nullable String[] values) {
    String time = String.valueOf(layout.time());
    values[layout.index(time)] = Text.time(clean.second() + (long) days * DAY);
    return new Row(kind, clean.landing(), clean.day() + days, clean.second(), values);
  }

  private void spoil(Kind kind, @Nullable String[] values, Draws draws) {
    switch (kind) {
      case CONFLICT -> values[layout.index(String.valueOf(layout.free()))] = "0";
      case OUT_OF_RANGE -> values[anyOf(layout.numbers(), draws)] = "-" + draws.from(1, 9);
      case WRONG_TYPE -> values[typed(draws)] = "n/a";
      case MISSING_KEY -> values[anyOf(layout.required(), draws)] = null;
      case UNKNOWN_CATEGORY -> values[anyOf(layout.coded(), draws)] = "XX";
      default -> {
        // A duplicate is what it repeats, and a torn row is cut off as it is written.
      }
    }
  }

  private int typed(Draws draws) {
    boolean time = layout.time() != null && draws.chance(0.5);
    return time ? layout.index(String.valueOf(layout.time())) : anyOf(layout.numbers(), draws);
  }

  private int anyOf(List<String> columns, Draws draws) {
    return layout.index(columns.get(draws.below(columns.size())));
  }
}
