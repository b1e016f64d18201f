package dev.assay.plan;

import dev.assay.config.TableDay;
import java.time.LocalDate;
import java.util.List;

/** What a table-day is made from. */
sealed interface Source {

  /** What it is called where a basis is recorded. */
  String name();

  /** Whether a table-day is some of it. */
  boolean reads(TableDay tableDay);

  /**
   * The files of a feed that landed on a day.
   *
   * @param feed the feed
   * @param day the landing
   */
  record Files(String feed, LocalDate day) implements Source {
    @Override
    public String name() {
      return "feed " + feed;
    }

    @Override
    public boolean reads(TableDay tableDay) {
      return false;
    }
  }

  /**
   * What was decided about the champion of a model.
   *
   * @param model the model
   * @param learned its tables that tell of a training, after which it may be another
   * @param day the day that it scores
   */
  record Champion(String model, List<String> learned, LocalDate day) implements Source {
    @Override
    public String name() {
      return nameOf(model);
    }

    static String nameOf(String model) {
      return "champion of " + model;
    }

    @Override
    public boolean reads(TableDay tableDay) {
      return false;
    }
  }

  /** Rows of a table. */
  sealed interface Rows extends Source {

    /** The days that they may be of. */
    Days days();

    /** The table that has them. */
    String table();

    @Override
    default String name() {
      return table();
    }

    @Override
    default boolean reads(TableDay tableDay) {
      return tableDay.table().table().equals(table())
          && !tableDay.day().isBefore(days().from())
          && !tableDay.day().isAfter(days().to());
    }
  }

  /**
   * A table's rows of some days.
   *
   * @param table the table
   * @param from the first day
   * @param to the last
   * @param required whether there is nothing to make if the last day is not there
   */
  record Days(String table, LocalDate from, LocalDate to, boolean required) implements Rows {
    @Override
    public Days days() {
      return this;
    }
  }

  /**
   * The rows of a day that landings brought, of a bronze table whose rows may be late.
   *
   * @param table the bronze table
   * @param part the part of each landing that is taken
   * @param from the first landing
   * @param to the last
   */
  record Parts(String table, String part, LocalDate from, LocalDate to) implements Rows {
    @Override
    public Days days() {
      return new Days(table, from, to, false);
    }

    /** What of it landed on some days. */
    Parts landed(LocalDate first, LocalDate last) {
      return new Parts(
          table, part, first.isAfter(from) ? first : from, last.isBefore(to) ? last : to);
    }
  }
}
