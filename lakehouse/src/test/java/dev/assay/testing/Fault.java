package dev.assay.testing;

/** What can happen to a request between a client and its store. */
public enum Fault {
  /** The store does it and answers; the client's connection is reset instead. */
  RESET_AFTER_SENT,
  /** The store does it and answers; the client hears nothing, on a connection that stays open. */
  ANSWER_SWALLOWED,
  /** The store does it and answers; the client is told 500. */
  DONE_BUT_500,
  /** The store does it and answers; the client is told 503, to slow down. */
  DONE_BUT_503,
  /** The store never hears of it; the client is told 500. */
  NOT_DONE_500,
  /** The store never hears of it; the client is told 503, to slow down. */
  NOT_DONE_503,
  /** The store never hears of a conditional create; the client is told 409, to try again. */
  CONFLICT_409,
  /** The store hears of it late, so that the answer is late. */
  SLOW,
  /** The store hears of it twice; the client is told what it says the second time. */
  SENT_TWICE,
  /** The store hears of it when the client has long given up, and may have asked again. */
  SENT_TOO_LATE
}
