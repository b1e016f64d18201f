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

  /**
   * A table's rows of some days.
   *
   * @param table the table
   * @param from the first day
   * @param to the last
   * @param required whether there is nothing to make if the last day is not there
   */
  record Days(String table, LocalDate from, LocalDate to, boolean required) implements Source {
    @Override
    public String name() {
      return table;
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
  record Parts(String table, String part, LocalDate from, LocalDate to) implements Source {
    @Override
    public String name() {
      return table;
    }
  }
}
