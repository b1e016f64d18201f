package dev.assay.gold.web;

import static dev.assay.gold.web.WebEvent.view;
import static dev.assay.gold.web.WebPipeline.after;
import static dev.assay.gold.web.WebPipeline.texts;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Sketches of many visitors. */
class WebSketchesTest {
  @Test
  void aDaysSketchIsTheUnionOfItsHours() {
    WebEvent[] events =
        IntStream.range(0, 6000)
            .mapToObj(i -> view("u" + i % 4000, String.format("2024-03-10T%02d:00", i / 500)))
            .toArray(WebEvent[]::new);
    Dataset<Row> sketches = after(events).mart("visitor_sketches").where("dimension = 'total'");

    long ofHours =
        sketches
            .where("grain = 'hour'")
            .select(expr("hll_sketch_estimate(hll_union_agg(sketch))"))
            .first()
            .getLong(0);
    long ofDay =
        sketches
            .where("grain = 'day'")
            .select(expr("hll_sketch_estimate(sketch)"))
            .first()
            .getLong(0);

    assertThat(ofDay).isEqualTo(ofHours);
    // Three standard errors.
    assertThat((double) ofDay).isCloseTo(4000, within(3 * 4000 * 1.04 / Math.sqrt(1 << 16)));
  }

  @Test
  void theSameEventsInAnotherOrderAreTheSameBytes() {
    List<WebEvent> events =
        IntStream.range(0, 3000)
            .mapToObj(i -> view("u" + i, String.format("2024-03-10T%02d:00", i % 3)))
            .toList();
    List<WebEvent> otherwise = new ArrayList<>(events);
    Collections.shuffle(otherwise, new Random(7));

    assertThat(bytes(otherwise)).isEqualTo(bytes(events));
  }

  private static List<String> bytes(List<WebEvent> events) {
    return texts(
        after(events.toArray(WebEvent[]::new))
            .mart("visitor_sketches")
            .withColumn("bytes", expr("sha2(sketch, 256)")),
        "grain",
        "starts_at",
        "dimension",
        "value",
        "bytes");
  }
}
