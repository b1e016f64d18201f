package dev.assay.sketches;

import java.time.Instant;

/**
 * The users of a while who share a value.
 *
 * @param grain how long the while is: {@code hour} or {@code day}
 * @param startsAt when it begins
 * @param value what they share
 * @param precision 2 to the power of it registers
 * @param bytes the sketch, as {@code hll_sketch_agg} makes it
 */
@SuppressWarnings("ArrayRecordComponent") // looked at once, and never compared
public record StoredSketch(
    String grain, Instant startsAt, String value, int precision, byte[] bytes) {}
