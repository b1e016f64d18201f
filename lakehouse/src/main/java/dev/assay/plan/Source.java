package dev.assay.plan;

import java.time.LocalDate;

/** What a table-day is made from. */
sealed interface Source {

  /** What it is called where a basis is recorded. */
  String name();

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
  }
}
