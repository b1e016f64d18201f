package dev.assay.gold.web;

import static dev.assay.gold.web.WebEvent.purchase;
import static dev.assay.gold.web.WebEvent.view;
import static dev.assay.gold.web.WebPipeline.DAY;
import static dev.assay.gold.web.WebPipeline.after;
import static dev.assay.gold.web.WebPipeline.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testing.TestSpark;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** How users come back, and what they do over weeks and months. */
class WebUsersTest {
  private static final StructType FEATURES =
      StructType.fromDDL(
          "as_of date, user_id string, recency_days int, tenure_days int, active_days_30d bigint,"
              + " purchases_90d bigint, revenue_90d decimal(28,4)");

  @Test
  void cohortsOfMonthsHaveEveryMonthSince() {
    WebPipeline web =
        after(
            purchase("u1", "2024-01-15T09:00", "2"),
            view("u2", "2024-01-31T09:00"),
            view("u2", "2024-01-31T10:00"),
            purchase("u1", "2024-03-09T09:00", "4.5"),
            purchase("u1", "2024-03-10T09:00", "5.5"));

    assertThat(cohorts(web, "month"))
        .containsExactly(
            "2024-01-01 0 2 2 1.0 2.0000",
            "2024-01-01 1 2 0 0.0 0.0000",
            "2024-01-01 2 2 1 0.5 10.0000");
  }

  @Test
  void cohortsOfWeeksBeginOnMondays() {
    WebPipeline web =
        after(
            view("u1", "2024-02-26T09:00"),
            view("u1", "2024-03-10T09:00"),
            view("u2", "2024-03-03T09:00"),
            view("u3", "2024-03-10T09:00"));

    assertThat(cohorts(web, "week"))
        .containsExactly(
            "2024-02-26 0 2 2 1.0 0.0000",
            "2024-02-26 1 2 1 0.5 0.0000",
            "2024-03-04 0 1 1 1.0 0.0000");
  }

  @Test
  void figuresOfAUserNestByWindow() {
    WebPipeline web =
        after(
            view("u1", "2023-12-11T09:00"),
            purchase("u1", "2023-12-12T09:00", "3").using("chat"),
            view("u1", "2024-03-03T09:00").using("search"),
            purchase("u1", "2024-03-10T09:00", "5").using("search"),
            view("u1", "2024-03-10T20:00"),
            view("u2", "2023-12-11T09:00"));

    assertThat(
            texts(
                web.mart("churn_features"),
                "user_id",
                "recency_days",
                "tenure_days",
                "active_days_7d",
                "active_days_30d",
                "active_days_90d",
                "sessions_7d",
                "sessions_30d",
                "sessions_90d",
                "page_views_7d",
                "page_views_30d",
                "page_views_90d",
                "purchases_7d",
                "purchases_30d",
                "purchases_90d",
                "revenue_7d",
                "revenue_30d",
                "revenue_90d",
                "features_90d"))
        .containsExactly(
            "u1 0 90 1 2 3 2 3 4 1 2 2 1 1 2 5.0000 5.0000 8.0000 2",
            "u2 90 90 0 0 0 0 0 0 0 0 0 0 0 0 0.0000 0.0000 0.0000 0");
  }

  @Test
  void theFirstSegmentThatHoldsNamesAUser() {
    WebPipeline web =
        after(view("u1", "2024-03-10T09:00"))
            .with(
                "churn_features",
                TestSpark.session()
                    .createDataFrame(
                        List.of(
                            user("1", 29, 200, 1, 3),
                            user("2", 29, 200, 1, 2),
                            user("3", 0, 6, 9, 0),
                            user("4", 0, 7, 4, 0),
                            user("5", 29, 200, 3, 0),
                            user("6", 30, 200, 0, 3),
                            user("7", 90, 200, 0, 0)),
                        FEATURES));

    assertThat(texts(web.mart("user_segments"), "as_of", "user_id", "segment"))
        .containsExactly(
            "2024-03-10 1 champion",
            "2024-03-10 2 customer",
            "2024-03-10 3 new",
            "2024-03-10 4 regular",
            "2024-03-10 5 occasional",
            "2024-03-10 6 at_risk",
            "2024-03-10 7 lost");
  }

  @Test
  void aFeatureIsAdoptedByThoseWhoUsedItLately() {
    WebPipeline web =
        after(
            view("u1", "2024-02-09T09:00").using("search"),
            view("u1", "2024-03-10T09:00").using("search"),
            view("u2", "2024-02-10T09:00").using("search"),
            view("u3", "2024-03-10T09:00"),
            view("u4", "2024-02-09T09:00").using("wishlist"));

    assertThat(
            texts(
                web.mart("feature_adoption"),
                "as_of",
                "feature",
                "users",
                "active_users",
                "adoption",
                "first_uses"))
        .containsExactly(
            "2024-03-10 search 2 3 0.6666666666666666 1", "2024-03-10 wishlist 0 3 0.0 0");
  }

  private static List<String> cohorts(WebPipeline web, String grain) {
    return texts(
        web.mart("cohorts").where("grain = '" + grain + "'"),
        "cohort",
        "period",
        "cohort_users",
        "users",
        "retained",
        "revenue");
  }

  private static Row user(String id, int recency, int tenure, long activeDays, long purchases) {
    return RowFactory.create(
        Date.valueOf(DAY), id, recency, tenure, activeDays, purchases, new BigDecimal("1"));
  }
}
