package dev.assay.checks;

/** A quality assertion of a table's contract. */
public sealed interface Check permits RowCheck, TableDayCheck {

  /** The check's name, unique within its table. */
  String name();

  /** What its failure does. */
  Severity severity();
}
