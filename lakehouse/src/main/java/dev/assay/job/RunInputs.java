package dev.assay.job;

/** Of what a run makes table-days: of what is published now, or of what it was made of then. */
public enum RunInputs {
  /** Of what is published now, by the conf and the code of now. */
  LATEST("latest"),

  /** Of what it was made of, by the conf and the code of then. */
  AS_WAS("as-was");

  private final String id;

  RunInputs(String id) {
    this.id = id;
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return id;
  }
}
