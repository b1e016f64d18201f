package dev.assay.sketches;

import java.util.Objects;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.jspecify.annotations.Nullable;

/**
 * The union of sketches, by the library that Spark's {@code hll_union_agg} is made of. Where
 * sketches of two precisions meet, it has the lower.
 */
public final class SketchUnion {
  private @Nullable Union union;

  /** Adds the users of a sketch, as {@code hll_sketch_agg} makes it. */
  public void add(byte[] sketch) {
    HllSketch added = HllSketch.heapify(sketch);
    Union united = union == null ? new Union(added.getLgConfigK()) : union;
    united.update(added);
    union = united;
  }

  /**
   * How many users there are, estimated.
   *
   * @throws NullPointerException if no sketch was added
   */
  public long estimate() {
    return Math.round(
        Objects.requireNonNull(union, "a union of none").getResult(TgtHllType.HLL_8).getEstimate());
  }
}
