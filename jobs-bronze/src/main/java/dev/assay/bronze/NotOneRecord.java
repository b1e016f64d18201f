package dev.assay.bronze;

/** Why a part of a file is not one record. */
final class NotOneRecord extends Exception {
  private static final long serialVersionUID = 1L;

  NotOneRecord(String why) {
    super(why);
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
