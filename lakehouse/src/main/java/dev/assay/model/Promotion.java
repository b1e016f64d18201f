package dev.assay.model;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which model is champion from a day on; a challenger that was refused leaves the one before,
 * whichever that is.
 *
 * @param number its place in the order of decisions, from 1
 * @param act what decided it
 * @param from the first business date that it holds for
 * @param champion the version that is champion then; null for none
 * @param challenger the version that was trained, promoted by hand or retired; null of a training
 *     that is none any more, since a day before it in its week learned
 * @param at when it was decided
 * @param why why, in a sentence
 * @param evidence what the gate saw; null where a person decided
 */
public record Promotion(
    long number,
    Act act,
    LocalDate from,
    @Nullable String champion,
    @Nullable String challenger,
    Instant at,
    String why,
    @Nullable Evidence evidence) {

  /** What decides about champions. */
  public enum Act {
    /** A training, by its gate. */
    TRAINING,
    /** A person who promoted a version. */
    PROMOTE,
    /** A person who went back to the champion before. */
    ROLLBACK,
    /** A person who ruled that a version is never used again. */
    RETIRE;

    /** As people read it. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether a person decided. */
    public boolean isByHand() {
      return this != TRAINING;
    }
  }

  /** Whether the challenger of a training became champion. */
  public boolean promotes() {
    return challenger != null
        && challenger.equals(champion)
        && (evidence == null || evidence.refusals().isEmpty());
  }

  Promotion numbered(long next) {
    return new Promotion(next, act, from, champion, challenger, at, why, evidence);
  }
}
