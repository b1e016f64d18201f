package dev.assay.plan;

import java.util.Locale;

/** What a run does with a table-day. */
public enum Action {
  /** It is made and published, whatever its inputs turn out to hold. */
  MAKE,
  /** It is made if what it is made from turns out to have changed; else it is found current. */
  MAKE_IF_CHANGED,
  /** It is taken away, because what it was made from is not published any more. */
  WITHDRAW,
  /** It is recorded that it has no data. */
  RECORD;

  /** The action as in answers: {@code make if changed}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
