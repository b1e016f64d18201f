package dev.assay.gold.web;

import static dev.assay.gold.web.WebEvent.view;
import static dev.assay.gold.web.WebPipeline.after;
import static dev.assay.gold.web.WebPipeline.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopPagesTest {
  private static final String MORNING = "2024-03-10T09:00";

  @Test
  void onlySoManyPagesAreKept() {
    WebPipeline web =
        after(
            Map.of("pipeline.tables.top_pages.parameters.pages", "1"),
            view("u1", MORNING).of("/b"),
            view("u1", MORNING).of("/a"));

    assertThat(texts(web.mart("top_pages"), "grain", "page")).containsExactly("day /a", "hour /a");
  }
}
